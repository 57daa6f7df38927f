import { Icon } from '@/app/_ui/icon'
import { needsWords } from '@/app/_words/usager'
import { hasNeeds, type Needs } from '@/server/people/rules/needs'

/** What to prepare for somebody, where they are received; nothing when nothing is to be. */
export function NeedsLines({ needs }: { needs: Needs }) {
  if (!hasNeeds(needs)) return null
  return (
    <div className="edge inline-flex max-w-full gap-2 rounded-card border-l-4 border-note bg-note-soft px-3 py-1.5 print:border-ink">
      <Icon name="info" className="mt-0.5 shrink-0 text-note" />
      <div className="min-w-0">
        <p className="sr-only">À prévoir</p>
        <ul>
          {needsWords(needs).map((words) => (
            <li key={words} className="font-semibold break-words">
              {words}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
