/** An agent told a person of this RDV by other means what no message could. */
export const rdvToldOtherwise = (rdv: { id: number; territoryId: number }, by: { participationId: number }) =>
  ({
    kind: 'rdv.told-otherwise',
    territoryId: rdv.territoryId,
    subject: { kind: 'rdv', id: rdv.id },
    payload: by,
  }) as const

/** An agent told a person who waits by other means what no message could. */
export const waitToldOtherwise = (wait: { id: number; territoryId: number }) =>
  ({
    kind: 'waitlist.told-otherwise',
    territoryId: wait.territoryId,
    subject: { kind: 'waitlist-entry', id: wait.id },
    payload: {},
  }) as const

/** A person answered a mail about this RDV; what they wrote is kept nowhere. */
export const rdvReplied = (rdv: { id: number; territoryId: number }, by: { participationId: number }) =>
  ({
    kind: 'rdv.replied',
    territoryId: rdv.territoryId,
    subject: { kind: 'rdv', id: rdv.id },
    payload: by,
  }) as const

type Words = { readonly subject: string | null; readonly body: string } | null

/** What is said instead of the standard words, in the whole territory or of one motif; null: the standard ones. */
export const territoryWordsSet = (
  territoryId: number,
  { name, motifId }: { name: string; motifId: number | null },
  { from, to }: { from: Words; to: Words },
) =>
  ({
    kind: 'territory.words-set',
    territoryId,
    subject: { kind: 'territory', id: territoryId },
    payload: { name, motifId },
    values: (['subject', 'body'] as const).flatMap((field) => {
      const [was, is] = [from?.[field] ?? null, to?.[field] ?? null]
      return was === is ? [] : [{ field, from: was, to: is }]
    }),
  }) as const

/** An agent has seen what they were told, in the application. */
export const agentNewsSeen = (agentId: number) =>
  ({ kind: 'agent.news-seen', territoryId: null, subject: { kind: 'agent', id: agentId }, payload: {} }) as const

export type MessagingEvent =
  | ReturnType<typeof rdvToldOtherwise>
  | ReturnType<typeof rdvReplied>
  | ReturnType<typeof waitToldOtherwise>
  | ReturnType<typeof territoryWordsSet>
  | ReturnType<typeof agentNewsSeen>
