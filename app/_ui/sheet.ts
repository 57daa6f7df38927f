/** A dialog or popover above the page: under the thumb on a phone, in the middle of a wider screen. */
export const SHEET =
  'fixed inset-x-0 top-auto bottom-0 m-0 w-full max-w-none max-h-[90dvh] overflow-y-auto rounded-t-2xl border-0 bg-card p-5 pb-[calc(1.25rem+env(safe-area-inset-bottom))] text-ink shadow-card backdrop:bg-ink/50 sm:inset-0 sm:m-auto sm:w-[27rem] sm:rounded-2xl'
