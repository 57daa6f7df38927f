/** An agent told a person of this RDV by other means what no message could. */
export const rdvToldOtherwise = (rdv: { id: number; territoryId: number }, by: { participationId: number }) =>
  ({
    kind: 'rdv.told-otherwise',
    territoryId: rdv.territoryId,
    subject: { kind: 'rdv', id: rdv.id },
    payload: by,
  }) as const

export type MessagingEvent = ReturnType<typeof rdvToldOtherwise>
