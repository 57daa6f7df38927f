'use client'

import { onlineManager, useMutationState, useQueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { useMemo } from 'react'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import {
  NOT_SAVED,
  OUT_OF_REACH,
  rdvName,
  REBOOK,
  statusRefusalWords,
  statusWords,
  whoWasFasterWords,
} from '@/app/_words/agent'
import type { AgentRdv, StatusRefusal } from '@/server/booking/rules/agent-views'
import type { Board, BoardRdv } from '@/server/booking/rules/board'
import { allowedMoves, isCancelled, type Status } from '@/server/booking/rules/status'
import type { AppRouter } from '@/server/root'
import { dropNote, dropToast, setNote, showToast } from './announcements.client'
import { drawnKey, withStatus } from './on-board'
import { rebookHref } from './rebook'
import { lastStatusIn, whenWords } from './told'

/** As long as nothing but the network stands in the way, it is sent again: with `from`, twice does no more than once. */
const MAX_TRIES = 100
const retryDelay = (failureCount: number) => Math.min(500 * 2 ** failureCount, 15_000)

function mayPass(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return true
  const { data } = error as TRPCClientError<AppRouter>
  return !data || data.httpStatus === 503
}

/** Moves open to an RDV at an instant, by the very table the server holds to. */
export const movesOf = (rdv: AgentRdv, nowMs: number): readonly Status[] =>
  rdv.level === 'write' ? allowedMoves(rdv.status, { startsAt: rdv.startAt, ...rdv }, new Date(nowMs)) : []

const mayGoBack = (rdv: AgentRdv, to: Status): boolean => movesOf(rdv, Date.now()).includes(to)

type Ask = (rdv: AgentRdv, to: Status) => void

/** Sets a status at once on the screen, and on the server as soon as the network lets it; says so, with an undo and, cancelled, the way to another RDV. */
export function useSetStatus(): Ask {
  const trpc = useTRPC()
  const client = useQueryClient()

  /** Every list that holds the RDV shows its new status before any of them is read again. */
  function patchLists(rdvId: number, status: Status) {
    const patch = (rdv: AgentRdv) => (rdv.id === rdvId ? { ...rdv, status } : rdv)
    client.setQueriesData<AgentRdv[]>(trpc.booking.listMyRdvs.queryFilter(), (rdvs) => rdvs?.map(patch))
    client.setQueriesData<AgentRdv[]>(trpc.booking.listRdvsToFill.queryFilter(), (rdvs) => rdvs?.map(patch))
    client.setQueriesData<AgentRdv[]>(trpc.lists.listRdvs.pathFilter(), (rdvs) => rdvs?.map(patch))
    client.setQueriesData<AgentRdv>(trpc.booking.getRdv.queryFilter(), (rdv) => rdv && patch(rdv))
    const onBoard = (rdv: BoardRdv) => (rdv.rdvId === rdvId ? withStatus(rdv, status) : rdv)
    const patchBoard = (board?: Board) => board && { ...board, rdvs: board.rdvs.map(onBoard) }
    client.setQueriesData<Board>(trpc.booking.getBoard.queryFilter(), patchBoard)
    client.setQueriesData<BoardRdv>({ queryKey: drawnKey(rdvId) }, (rdv) => rdv && onBoard(rdv))
  }

  function readAgain(rdvId: number) {
    const { listMyRdvs, listRdvsToFill, countRdvsToFill, listRdvHistory, getBoard } = trpc.booking
    const stale = [
      listMyRdvs.pathKey(),
      getBoard.pathKey(),
      listRdvsToFill.pathKey(),
      countRdvsToFill.pathKey(),
      listRdvHistory.queryKey({ rdvId }),
    ]
    for (const queryKey of stale) void client.invalidateQueries({ queryKey })
  }

  const countOneMore = (more: number) =>
    client.setQueryData(trpc.booking.countRdvsToFill.queryKey(), (count) =>
      count === undefined ? undefined : Math.max(0, count + more),
    )

  async function tellRefusal(rdv: AgentRdv, reason: StatusRefusal) {
    const text = statusRefusalWords[reason]
    setNote(rdv.id, { name: rdvName(rdv), tone: 'warn', text })
    if (reason !== 'changed-meanwhile') return
    void client.invalidateQueries(trpc.booking.getRdv.queryFilter({ rdvId: rdv.id }))
    const question = trpc.booking.listRdvHistory.queryOptions({ rdvId: rdv.id })
    const history = await client.fetchQuery({ ...question, staleTime: 0 }).catch(() => [])
    const who = whoWasFasterWords(history, rdv, (at) => whenWords(at, rdv.zone, new Date()))
    if (who)
      setNote(rdv.id, {
        name: rdvName(rdv),
        tone: 'warn',
        text: `${who} Votre choix n’a pas été enregistré.`,
        status: lastStatusIn(history),
      })
  }

  const ask: Ask = (rdv, to) => {
    dropNote(rdv.id)
    const after = { ...rdv, status: to }
    const isReversible = mayGoBack(after, rdv.status)
    const isOnline = onlineManager.isOnline()
    const rebooking = isCancelled(to) ? rebookHref(rdv) : null
    const toastId = showToast(
      `${rdvName(rdv)}\u00a0: ${statusWords(after)}${isOnline ? '' : ', dès le retour du réseau'}`,
      isReversible ? () => ask(after, rdv.status) : null,
      rebooking ? { href: rebooking, words: REBOOK } : null,
    )
    if (rdv.phase === 'past') countOneMore(to === 'unknown' ? 1 : rdv.status === 'unknown' ? -1 : 0)
    const options = trpc.booking.setStatus.mutationOptions({
      ...retried,
      retry: (failureCount, error) => failureCount < MAX_TRIES && mayPass(error),
      retryDelay,
      // One RDV's changes leave in the order they were made.
      scope: { id: `rdv-${rdv.id}` },
      onSuccess: (outcome) => {
        if (outcome.ok) patchLists(rdv.id, outcome.value.status)
        else {
          dropToast(toastId)
          void tellRefusal(rdv, outcome.reason)
        }
        readAgain(rdv.id)
      },
      onError: (error) => {
        dropToast(toastId)
        const isGone = error.data?.httpStatus === 404 || error.data?.httpStatus === 403
        setNote(rdv.id, { name: rdvName(rdv), tone: 'bad', text: isGone ? OUT_OF_REACH : NOT_SAVED })
        readAgain(rdv.id)
      },
    })
    // Through the cache rather than an observer: the answer is received even when the page was left meanwhile.
    client
      .getMutationCache()
      .build(client, options)
      .execute({ rdvId: rdv.id, from: rdv.status, to })
      .catch(() => undefined)
  }
  return ask
}

type Pending = { to: Status; isWaiting: boolean }

/** The status each RDV is on its way to; `isWaiting` while the network does not let it. */
export function usePending(): ReadonlyMap<number, Pending> {
  const trpc = useTRPC()
  const changes = useMutationState<Pending & { rdvId: number }>({
    filters: { mutationKey: trpc.booking.setStatus.mutationKey(), status: 'pending' },
    select: ({ state }) => {
      const { rdvId, to } = state.variables as { rdvId: number; to: Status }
      return { rdvId, to, isWaiting: state.isPaused || state.failureCount > 0 }
    },
  })
  // The same map as long as nothing leaves or arrives: what is drawn from it is not drawn again for nothing.
  return useMemo(() => {
    const waiting = new Set(changes.filter(({ isWaiting }) => isWaiting).map(({ rdvId }) => rdvId))
    return new Map(changes.map(({ rdvId, to }) => [rdvId, { to, isWaiting: waiting.has(rdvId) }]))
  }, [changes])
}

type AsLeft = <Rdv extends AgentRdv>(rdv: Rdv) => Rdv & { isWaiting: boolean }

/** RDVs as the person left them: what is on its way to the server counts already. */
export function useAsLeft(): AsLeft {
  const pending = usePending()
  return (rdv) => {
    const change = pending.get(rdv.id)
    return { ...rdv, status: change?.to ?? rdv.status, isWaiting: change?.isWaiting ?? false }
  }
}
