import { granteeWords, scopeWords, targetWords } from '@/app/_words/access'
import type { GrantLine } from '@/server/access/rules/grants'

/** Who, whose, and which RDVs: a right in three lines. */
export function GrantFacts({ grant }: { grant: GrantLine }) {
  const target = targetWords(grant.target)
  return (
    <>
      <span className="block font-bold">{granteeWords(grant.grantee)}</span>
      {target && <span className="block">{target}</span>}
      <span className="block text-ink-soft">{scopeWords(grant)}</span>
    </>
  )
}
