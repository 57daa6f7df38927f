import { certain, done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { errorFacts, log } from '@/server/platform/log'
import { giveUpDead, queueDeadAnew } from '../store/dead'
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
  const { count, failedIds } = await inTx(ctx, (tx) => giveUpDead(tx, AT_ONCE))
  for (const messageId of failedIds) {
    // What made its job die may do so here too: the desk has it in any case.
    await inTx(ctx, (tx) => tryOtherChannel(tx, messageId)).catch((error: unknown) => {
      log().error({ messageId, error: errorFacts(error) }, 'no other channel for a message given up')
    })
  }
  return count
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
