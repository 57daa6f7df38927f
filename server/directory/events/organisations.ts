type Changed = { field: string; from: string | null; to: string | null }

export const organisationSaved = (
  { territoryId, organisationId }: { territoryId: number; organisationId: number },
  isNew: boolean,
  values: readonly Changed[],
) =>
  ({
    kind: 'organisation.saved',
    territoryId,
    subject: { kind: 'organisation', id: organisationId },
    payload: { isNew },
    values,
  }) as const

export const territoryServicesSet = (
  territoryId: number,
  services: { from: readonly number[]; to: readonly number[] },
) =>
  ({
    kind: 'territory.services-set',
    territoryId,
    subject: { kind: 'territory', id: territoryId },
    payload: {},
    values: [{ field: 'services', from: services.from, to: services.to }],
  }) as const

export type OrganisationsEvent = ReturnType<typeof organisationSaved> | ReturnType<typeof territoryServicesSet>
