import type { AgentActor } from '@/server/kernel/actor'
import { allow } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { rdvTitleSet } from '../events'
import { mayWriteRdv } from '../policy'
import { lockRdv } from '../queries/locks'
import type { TitleRefusal } from '../rules/session-title'
import type { SetTitle } from '../schema/session-title'
import { setRdvTitle } from '../store/titles'

type Titled = Outcome<{ rdvId: number; sequence: number; isChanged: boolean }, TitleRefusal>

/**
 * An agent names a session that has not been settled, otherwise, or no more (domain §4, « intitulé »). `changed-meanwhile`
 * when it is no longer the one they saw; sent again, it changes nothing.
 */
export const setTitle = (ctx: Ctx & { readonly actor: AgentActor }, input: SetTitle): Promise<Titled> =>
  inTransaction(ctx, async (tx): Promise<Titled> => {
    const rdv = await lockRdv(tx, input.rdvId)
    allow(mayWriteRdv(ctx.actor, rdv))
    if (!rdv.isCollective) return refused('not-collective')
    const title = input.title || null
    const known = { rdvId: rdv.id, sequence: rdv.sequence }
    if (rdv.title === title) return done({ ...known, isChanged: false })
    if (rdv.sequence !== input.knownSequence) return refused('changed-meanwhile')
    if (rdv.status !== 'unknown') return refused('not-open')
    await setRdvTitle(tx, rdv.id, title)
    await tx.emit(rdvTitleSet(rdv, { from: rdv.title, to: title }))
    return done({ rdvId: rdv.id, sequence: rdv.sequence + 1, isChanged: true })
  })
