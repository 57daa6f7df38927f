import { capitalise, formatDay } from '@/app/_lib/dates'
import { RdvLine } from '@/app/_parts/booking/agent/rdv-line'
import { Notice } from '@/app/_ui/notice'
import { agentFaultWords, leftOutWords, openingRefusalWords, openingWarningWords } from '@/app/_words/opening'
import type { OpeningJudgement } from '@/server/booking/rules/planning-views'

/** What there is to say before it is saved: what forbids it, what to know, and the RDVs it leaves behind. */
export function Judgement({ judgement }: { judgement: OpeningJudgement }) {
  const { isStale, faults, warnings, rdvs, busy } = judgement
  if (isStale)
    return (
      <Notice tone="bad" title={openingRefusalWords['changed-meanwhile']} isLive>
        <p>Rechargez la page pour la voir comme elle est maintenant.</p>
      </Notice>
    )
  if (faults.length > 0)
    return (
      <Notice tone="bad" title={openingRefusalWords['not-possible']} isLive>
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.agent} ${fault.reason}`}>{agentFaultWords(fault)}</li>
          ))}
        </ul>
      </Notice>
    )
  const count = rdvs.length + busy.length
  return (
    <>
      {warnings.length > 0 && (
        <Notice tone="warn" title={openingRefusalWords['to-acknowledge']} isLive>
          <ul className="space-y-1">
            {warnings.map(openingWarningWords).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {count > 0 && (
        <Notice tone="warn" title={leftOutWords(count)} isLive>
          <p>Ils restent en place&nbsp;: prévenez les personnes, ou annulez depuis la page de chaque RDV.</p>
          <ul className="divide-y divide-line bg-card">
            {rdvs.map((rdv) => (
              <li key={rdv.id}>
                <p className="px-3 pt-2 font-bold">{capitalise(formatDay(rdv.onDay, { withYear: true }))}</p>
                <RdvLine rdv={rdv} />
              </li>
            ))}
          </ul>
          {busy.length > 0 && (
            <p>Certains ne vous sont pas ouverts&nbsp;: demandez à la personne, ou à son organisation.</p>
          )}
        </Notice>
      )}
    </>
  )
}
