import { LinkCard } from '@/app/_ui/card'
import { countWords } from '@/app/_words/booking'
import type { CommuneChoice } from '@/server/booking/rules/tunnel'
import { stepHref } from './tunnel'

/** Nothing chosen yet: where the tunnel begins. */
export const NOWHERE = { params: {}, skipped: [] } as const

export const communeHref = (code: string): string => stepHref('service', NOWHERE, { commune: code })

/** What tells two communes of one name apart. */
export function communeFacts({ postCodes, departmentNumber }: CommuneChoice): string {
  const [first = '', ...others] = postCodes
  const codes = others.length === 0 ? first : `${first} et ${countWords(others.length, 'autre')}`
  return `${codes} · département ${departmentNumber}`
}

/** Communes to choose from, each a whole card. */
export function CommuneList({ communes }: { communes: readonly CommuneChoice[] }) {
  return (
    <ul className="grid gap-2">
      {communes.map((commune) => (
        <li key={commune.code}>
          <LinkCard href={communeHref(commune.code)} title={commune.name}>
            {communeFacts(commune)}
          </LinkCard>
        </li>
      ))}
    </ul>
  )
}
