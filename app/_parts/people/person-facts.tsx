import { nameWords } from '@/app/_words/agent'
import { usagerFacts } from '@/app/_words/placing'
import type { FoundUsager } from '@/server/people/rules/usager-views'

/** Somebody in a list of people: their name, and what tells them from another of the same name. */
export function PersonFacts({ person }: { person: FoundUsager }) {
  return (
    <>
      <span className="block font-bold">{nameWords(person)}</span>
      <span className="block text-ink-soft">
        {usagerFacts(person).join(' · ')}
        {person.isMasked && <span className="block">Suivie par une autre organisation du territoire</span>}
      </span>
    </>
  )
}
