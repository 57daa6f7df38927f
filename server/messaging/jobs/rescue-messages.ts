import { certain, done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { errorFacts, log } from '@/server/platform/log'
import { giveUpDead, listDeadAgain, queueDeadAnew } from '../store/dead'
import { tryOtherChannel } from './other-channel'

const AT_ONCE = 200

/**
 * Messages that nothing would send any more, their job having failed to its last try (a fault of ours, a database away for
 * hours): queued anew once, where each is judged as it leaves; then given up, as what a gateway put off too long is: by the
 * other channel, else to be told otherwise. Found again, one that was given up already is not.
 */
export async function rescueMessages(ctx: Ctx): Promise<{ queued: number; givenUp: number }> {
  const givenUp = await untilFewer(() => giveUpSome(ctx))
  const queued = await untilFewer(() => inTx(ctx, (tx) => queueDeadAnew(tx, AT_ONCE)))
  if (queued + givenUp > 0) log().warn({ queued, givenUp }, 'messages whose job had died')
  return { queued, givenUp }
}

async function giveUpSome(ctx: Ctx): Promise<number> {
  const ids = await inTx(ctx, (tx) => listDeadAgain(tx, AT_ONCE))
  let count = 0
  for (const messageId of ids) if (await giveUp(ctx, messageId)) count += 1
  return count
}

/** With the other channel, or neither: a worker killed between leaves both to be done. */
async function giveUp(ctx: Ctx, messageId: number): Promise<boolean> {
  try {
    return await inTx(ctx, async (tx) => {
      const state = await giveUpDead(tx, messageId)
      if (state === 'failed') await tryOtherChannel(tx, messageId)
      return state !== null
    })
  } catch (error) {
    // What made its job die may do so here too: the desk has it in any case.
    log().error({ messageId, error: errorFacts(error) }, 'no other channel for a message given up')
    return inTx(ctx, async (tx) => (await giveUpDead(tx, messageId)) !== null)
  }
}

const inTx = async <T>(ctx: Ctx, work: (tx: TxCtx) => Promise<T>): Promise<T> =>
  certain(await inTransaction<T, never>(ctx, async (tx) => done(await work(tx))))

async function untilFewer(turn: () => Promise<number>): Promise<number> {
  for (let total = 0; ;) {
    const count = await turn()
    total += count
    if (count < AT_ONCE) return total
  }
}
