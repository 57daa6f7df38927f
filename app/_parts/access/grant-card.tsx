import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Tag } from '@/app/_ui/tag'
import { accessLevelWords, granteeWords } from '@/app/_words/access'
import type { GrantLine } from '@/server/access/rules/grants'
import { GrantFacts } from './grant-facts'

/** The page of an agent's accesses one came from; one's own otherwise. */
type ReturnTo = { agentId: number; territoryId: number }

/** A right, and the form that changes it when it is the reader's to change. */
export function GrantCard({ grant, settled, returnTo }: { grant: GrantLine; settled: string; returnTo?: ReturnTo }) {
  return (
    <Card className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-6">
      <p className="min-w-0">
        <GrantFacts grant={grant} isWhole={returnTo !== undefined} />
      </p>
      {grant.choices.length > 0 ? (
        <LevelForm grant={grant} returnTo={returnTo} />
      ) : (
        <Settled grant={grant} words={settled} />
      )}
    </Card>
  )
}

function LevelForm({ grant, returnTo }: { grant: GrantLine; returnTo: ReturnTo | undefined }) {
  const id = `niveau-${grant.grantId}`
  return (
    <form method="post" action="/agent/acces/changer" className="flex flex-col gap-2 sm:flex-row sm:items-center">
      <input type="hidden" name="grantId" value={grant.grantId} />
      <input type="hidden" name="from" value={grant.level} />
      {returnTo && (
        <>
          <input type="hidden" name="agent" value={returnTo.agentId} />
          <input type="hidden" name="territoire" value={returnTo.territoryId} />
        </>
      )}
      <label htmlFor={id} className="sr-only">
        Niveau d’accès, {granteeWords(grant.grantee)}
      </label>
      <select
        id={id}
        name="to"
        defaultValue={grant.level}
        className="min-h-12 rounded-card border-[1.5px] border-line-strong bg-card px-3 text-ink hover:border-ink"
      >
        {grant.choices.toReversed().map((level) => (
          <option key={level} value={level}>
            {accessLevelWords[level]}
          </option>
        ))}
      </select>
      <Button variant="secondary">Enregistrer</Button>
    </form>
  )
}

/** Not the reader's to change. */
function Settled({ grant, words }: { grant: GrantLine; words: string }) {
  return (
    <p className="sm:text-right">
      <Tag>{accessLevelWords[grant.level]}</Tag>
      <span className="mt-1 block text-ink-soft">{words}</span>
    </p>
  )
}
