import { LinkCard } from '@/app/_ui/card'
import { countWords } from '@/app/_words/super'
import type { OrganisationLine } from '@/server/directory/rules/organisation'

/** Organisations as the back-office finds them, each leading to its page. */
export function OrganisationList({
  organisations,
  isOfOneTerritory = false,
}: {
  organisations: readonly OrganisationLine[]
  /** Whose name needs not be said again. */
  isOfOneTerritory?: boolean
}) {
  return (
    <ul className="grid gap-2">
      {organisations.map(({ organisationId, name, territory, agentCount, motifCount }) => (
        <li key={organisationId}>
          <LinkCard href={`/super/organisations/${organisationId}`} title={name}>
            {!isOfOneTerritory && <span className="block">{territory}</span>}
            <span className="block">
              {countWords(agentCount, 'agent')}, {countWords(motifCount, 'motif')}
            </span>
          </LinkCard>
        </li>
      ))}
    </ul>
  )
}
