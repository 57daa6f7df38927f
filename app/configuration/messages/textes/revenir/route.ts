import { saveRoute } from '@/app/_lib/save-route'
import { nameOfWording } from '@/server/messaging/rules/standard-wordings'
import { resetWordingSchema } from '@/server/messaging/schema'
import { textHref, textsHref } from '../_components/addresses'

export const { POST, GET } = saveRoute({
  form: ({ key = '', motifId = '' }) => `texte-${key}-${motifId}`,
  schema: resetWordingSchema,
  read: ({ fields }) => fields,
  save: (caller, { key, ...input }) => caller.messaging.resetWording({ ...input, key: nameOfWording(key) }),
  page: (_, { territoryId = '', motifId = '', key = '' }) => textHref({ territoryId, motifId }, key),
  then: (_, __, place) => textsHref(place, { avis: 'texte-remis' }),
})
