import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
type Look = { variant?: ButtonVariant; isFull?: boolean }

const BASE =
  'inline-flex min-h-12 items-center justify-center gap-2 rounded-card border-[1.5px] px-5 py-2 text-center text-base leading-tight font-bold no-underline transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60'

const VARIANTS = {
  primary:
    'border-accent bg-accent text-white hover:border-accent-strong hover:bg-accent-strong active:bg-accent-strong',
  secondary: 'border-accent bg-card text-accent hover:bg-accent-soft active:bg-accent-soft',
  quiet:
    'border-transparent bg-transparent px-2 text-accent underline decoration-1 underline-offset-4 hover:bg-accent-soft',
  danger: 'border-bad bg-card text-bad hover:bg-bad-soft active:bg-bad-soft',
} as const satisfies Record<ButtonVariant, string>

/** The look of a button, for a `Link` or any other element that must wear it. */
export const buttonClass = ({ variant = 'primary', isFull = false }: Look = {}, extra = '') =>
  `${BASE} ${VARIANTS[variant]} ${isFull ? 'w-full' : ''} ${extra}`

export function Button({
  variant,
  isFull,
  className,
  type = 'submit',
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type={type}
      {...rest}
      className={buttonClass({ ...(variant && { variant }), ...(isFull && { isFull }) }, className)}
    />
  )
}

/** A plain link: public pages navigate without waiting for scripts. */
export function ButtonLink({
  variant,
  isFull,
  className,
  ...rest
}: Look & AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return <a {...rest} className={buttonClass({ ...(variant && { variant }), ...(isFull && { isFull }) }, className)} />
}
