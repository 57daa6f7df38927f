import { granteeWords, scopeWords, targetWords } from '@/app/_words/access'
import type { GrantLine } from '@/server/access/rules/grants'

type Props = {
  grant: GrantLine
  /** Where it may be anybody's agenda: whose it is stands too. */
  isWhole?: boolean
  /** Where to whom is known. */
  isTargetOnly?: boolean
}

/** Who, whose, and which RDVs: a right in three lines. */
export function GrantFacts({ grant, isWhole = false, isTargetOnly = false }: Props) {
  const target = targetWords(grant.target) ?? (isWhole ? `Agenda de ${grant.target.name}` : null)
  return (
    <>
      {!isTargetOnly && <span className="block font-bold">{granteeWords(grant.grantee)}</span>}
      {target && <span className={isTargetOnly ? 'block font-bold' : 'block'}>{target}</span>}
      <span className="block text-ink-soft">{scopeWords(grant)}</span>
    </>
  )
}
