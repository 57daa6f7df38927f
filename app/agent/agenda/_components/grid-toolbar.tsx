import { capitalise } from '@/app/_lib/dates'
import { Icon } from '@/app/_ui/icon'
import { STEP } from '../../_components/step'
import { VIEWS, type ViewName } from './views'

type Step = 'before' | 'today' | 'after'

/** Which days, and how they are looked at. */
export function GridToolbar({
  title,
  view,
  onView,
  onStep,
}: {
  title: string
  view: ViewName
  onView: (view: ViewName) => void
  onStep: (step: Step) => void
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <div role="group" aria-label="Changer de date" className="flex gap-2">
        <button type="button" onClick={() => onStep('before')} className={STEP}>
          <Icon name="back" />
          <span className="sr-only">Avant</span>
        </button>
        <button type="button" onClick={() => onStep('today')} className={`${STEP} px-4`}>
          Aujourd’hui
        </button>
        <button type="button" onClick={() => onStep('after')} className={STEP}>
          <Icon name="next" />
          <span className="sr-only">Après</span>
        </button>
      </div>
      <h2 aria-live="polite" className="min-w-0 flex-1 text-xl max-sm:order-first max-sm:basis-full">
        {capitalise(title)}
      </h2>
      <div
        role="group"
        aria-label="Présentation"
        className="flex overflow-hidden rounded-card border border-line-strong bg-card"
      >
        {VIEWS.map(({ name, words }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === view}
            onClick={() => onView(name)}
            className="min-h-11 border-l border-line-strong px-3 font-semibold first:border-l-0 hover:bg-accent-soft focus-visible:-outline-offset-3 aria-pressed:bg-accent aria-pressed:text-white"
          >
            {words}
          </button>
        ))}
      </div>
    </div>
  )
}
