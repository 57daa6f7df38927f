import type { ReactNode } from 'react'

/** An SMS as it stands on the screen of a phone. */
export function PhoneScreen({
  sender,
  under,
  children,
  footer,
}: {
  sender: string
  /** Under the name of the sender. */
  under?: ReactNode
  children: ReactNode
  footer: ReactNode
}) {
  return (
    <div className="max-w-90 rounded-[28px] border-[6px] border-ink bg-card p-4 shadow-card">
      <div className="border-b border-line pb-2 text-center">
        <p className="font-bold">{sender}</p>
        {under}
      </div>
      <div className="mt-3 rounded-2xl rounded-bl-sm bg-accent-soft px-3.5 py-2.5">{children}</div>
      <div className="mt-2 text-ink-soft">{footer}</div>
    </div>
  )
}
