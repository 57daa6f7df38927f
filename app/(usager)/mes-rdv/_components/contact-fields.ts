/** A number or an address, as its box asks for it. */
export const PHONE_FIELD = {
  type: 'tel',
  autoComplete: 'tel',
  inputMode: 'tel',
  maxLength: 30,
  className: 'sm:max-w-72',
} as const
export const EMAIL_FIELD = { type: 'email', autoComplete: 'email', maxLength: 254, className: 'sm:max-w-96' } as const
