const territory = (id: number) => ({ kind: 'territory', id }) as const

type Value = { readonly field: string; readonly from: string | null; readonly to: string | null }

/** By what its SMS leave, or who they are from; what a secret was is nowhere. */
export const territorySmsSet = (territoryId: number, values: readonly Value[]) =>
  ({ kind: 'territory.sms-set', territoryId, subject: territory(territoryId), payload: {}, values }) as const

/** One SMS sent by a gateway to see whether it works; to whom is not said. */
export const territorySmsTried = (territoryId: number, gatewayId: number) =>
  ({ kind: 'territory.sms-tried', territoryId, subject: territory(territoryId), payload: { gatewayId } }) as const

export type SmsEvent = ReturnType<typeof territorySmsSet> | ReturnType<typeof territorySmsTried>
