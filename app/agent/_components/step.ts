/** The look of what goes a day or a week further. */
export const STEP =
  'inline-flex min-h-11 min-w-11 items-center justify-center rounded-card border-[1.5px] border-line-strong bg-card px-2 font-bold text-accent no-underline hover:border-accent hover:bg-accent-soft'
