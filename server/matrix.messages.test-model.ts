import { agentsOnly, onlyFor, WRITERS, type Cell } from './matrix.test-model'

const withinReach = onlyFor(...WRITERS)

/** What was sent of an RDV, and who is to be told otherwise: by whoever writes it. */
export const MESSAGES: Record<string, Cell> = {
  'messaging.listRdvMessages': { who: withinReach, input: ({ rdvId }) => ({ rdvId }) },
  'messaging.listUntold': { who: agentsOnly, input: () => undefined },
  'messaging.countUntold': { who: agentsOnly, input: () => undefined },
  'messaging.listMyNews': { who: agentsOnly, input: () => undefined },
  'messaging.countMyNews': { who: agentsOnly, input: () => undefined },
  'messaging.seeNews': { who: agentsOnly, input: () => undefined },
  'messaging.listUntoldWaits': { who: agentsOnly, input: () => undefined },
  'messaging.tellWaitOtherwise': { who: withinReach, input: ({ waitId }) => ({ entryId: waitId }) },
  'messaging.tellOtherwise': { who: withinReach, input: ({ participationId }) => ({ participationId }) },
}
