import type { ReactNode } from 'react'

/** The page's only h1, with its place among the steps. */
export function StepTitle({
  step,
  stepCount,
  children,
  intro,
}: {
  step?: number
  stepCount?: number
  children: ReactNode
  intro?: ReactNode
}) {
  return (
    <div className="space-y-2">
      {step !== undefined && stepCount !== undefined && (
        <div className="space-y-2">
          <p className="text-ink-soft">
            Étape {step} sur {stepCount}
          </p>
          <div aria-hidden="true" className="flex max-w-80 gap-1">
            {Array.from({ length: stepCount }, (_, index) => (
              <span key={index} className={`h-1 flex-1 rounded-full ${index < step ? 'bg-accent' : 'bg-line'}`} />
            ))}
          </div>
        </div>
      )}
      <h1 className="text-2xl tracking-tight sm:text-3xl">{children}</h1>
      {intro && <div className="max-w-prose text-ink-soft">{intro}</div>}
    </div>
  )
}
