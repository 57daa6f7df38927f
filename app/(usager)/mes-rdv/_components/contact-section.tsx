import type { ReactNode } from 'react'

/** One way to reach a person: what it is now, and how it is changed. */
export const ContactSection = ({
  id,
  title,
  current,
  children,
}: {
  id: string
  title: string
  current: string | null
  children: ReactNode
}) => (
  <section aria-labelledby={id} className="space-y-4 rounded-card border border-line bg-card p-4 sm:p-6">
    <h2 id={id} className="text-lg">
      {title}
    </h2>
    {current && <p className="text-xl font-bold break-words">{current}</p>}
    {children}
  </section>
)
