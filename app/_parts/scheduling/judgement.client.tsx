'use client'

import { capitalise, formatDay } from '@/app/_lib/dates'
import { RdvLine } from '@/app/_parts/booking/agent/rdv-line'
import { fieldId } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { rdvName } from '@/app/_words/agent'
import { agentFaultWords, openingWarningWords } from '@/app/_words/opening'
import {
  closedRdvsWords,
  fateOfAllWords,
  fateRefusalWords,
  MANY_TO_MOVE,
  planningRefusalWords,
} from '@/app/_words/planning'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { fatesOf, FATES, MAX_HURT } from '@/server/booking/rules/impact'
import type { PlanningJudgement } from '@/server/booking/rules/planning-views'
import { FateChoice, timeField } from './fate-choice.client'
import type { Fates } from './fates.client'

/** What there is to say before it is saved: what forbids it, what to know, and what becomes of the RDVs it hurts. */
export function Judgement({
  judgement,
  fates,
  hurtWords,
  isOfSeveral = false,
}: {
  judgement: PlanningJudgement
  fates: Fates
  /** « 3 RDV… », of what is changed. */
  hurtWords: (count: number) => string
  /** Several agents: each RDV says whose it is. */
  isOfSeveral?: boolean
}) {
  const { isStale, faults, warnings, rdvs, busy, hurtCount } = judgement
  if (isStale)
    return (
      <Notice tone="bad" title={planningRefusalWords['changed-meanwhile']} isLive>
        <p>Rien n’est enregistré. Rechargez la page pour la voir comme elle est maintenant.</p>
      </Notice>
    )
  if (faults.length > 0)
    return (
      <Notice tone="bad" title={planningRefusalWords['not-possible']} isLive>
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.agent} ${fault.reason}`}>{agentFaultWords(fault)}</li>
          ))}
        </ul>
      </Notice>
    )
  if (hurtCount > MAX_HURT)
    return (
      <Notice tone="bad" title={planningRefusalWords['too-many-hurt']} isLive>
        <p>
          Ce changement en touche {hurtCount}. Rien n’est enregistré{'\u00a0'}: faites-le en plusieurs fois, sur moins
          de dates ou pour moins d’agents, pour dire ce que devient chacun.
        </p>
      </Notice>
    )
  const count = rdvs.length + busy.length
  const isCapped = rdvs.some((rdv) => fatesOf(rdv).includes('move') && !fates.offerOf(rdv))
  return (
    <>
      {warnings.length > 0 && (
        <Notice tone="warn" title={planningRefusalWords['to-acknowledge']} isLive>
          <ul className="space-y-1">
            {warnings.map(openingWarningWords).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {fates.refusals.length > 0 && (
        <Notice tone="bad" title={planningRefusalWords['rdv-refused']} isLive>
          <ul className="space-y-1">
            {fates.refusals.map(({ rdv, reason }) => (
              <li key={rdv.id}>
                <RefusedName rdv={rdv} fates={fates} />, {formatDay(rdv.onDay)}&nbsp;: {fateRefusalWords[reason]}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {count > 0 && (
        <Notice tone="warn" title={hurtWords(count)} isLive>
          {rdvs.length > 0 && <p>Dites ce que devient chacun&nbsp;: sans réponse, il est gardé.</p>}
          {isCapped && <p>{MANY_TO_MOVE}</p>}
          {busy.length > 0 && <p>{closedRdvsWords(busy.length)}</p>}
        </Notice>
      )}
      {rdvs.length > 0 && <Hurt rdvs={rdvs} fates={fates} isOfSeveral={isOfSeveral} />}
    </>
  )
}

/** Leads to the time to choose anew, where there is one. */
function RefusedName({ rdv, fates }: { rdv: AgentRdv; fates: Fates }) {
  if (fates.of(rdv) !== 'move' || !fates.timeOf(rdv)) return <span className="font-bold">{rdvName(rdv)}</span>
  return (
    <a href={`#${fieldId(timeField(rdv))}`} className="link font-bold">
      {rdvName(rdv)}
    </a>
  )
}

function Hurt({ rdvs, fates, isOfSeveral }: { rdvs: readonly AgentRdv[]; fates: Fates; isOfSeveral: boolean }) {
  const days = [...new Set(rdvs.map(({ onDay }) => onDay))]
  const open = rdvs.filter((rdv) => fatesOf(rdv).length > 1)
  return (
    <section aria-labelledby="rdv-concernes" className="space-y-3">
      <h2 id="rdv-concernes" className="text-xl">
        RDV concernés
      </h2>
      {open.length > 1 && (
        <div className="flex flex-wrap gap-2">
          {FATES.map((fate) => (
            <button
              key={fate}
              type="button"
              onClick={() => fates.choose(fate, open)}
              className="min-h-11 rounded-card border-[1.5px] border-line-strong bg-card px-3 font-semibold hover:border-ink"
            >
              {fateOfAllWords[fate]}
            </button>
          ))}
        </div>
      )}
      {days.map((day) => (
        <div key={day} className="space-y-1">
          <h3 className="text-base">{capitalise(formatDay(day, { withYear: true }))}</h3>
          <ul className="divide-y divide-line rounded-card border border-line bg-card">
            {rdvs
              .filter(({ onDay }) => onDay === day)
              .map((rdv) => (
                <li key={rdv.id} className="space-y-1 pb-3">
                  <RdvLine rdv={rdv} />
                  {isOfSeveral && (
                    <p className="px-4 text-ink-soft">Avec {rdv.agents.map(({ name }) => name).join(', ')}</p>
                  )}
                  <FateChoice rdv={rdv} fates={fates} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
