import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { answerInvitationSchema } from '@/server/access/schema/administration'

const HERE = '/agent/invitations'

export const { POST, GET } = saveRoute(
  {
    form: 'invitation',
    schema: answerInvitationSchema,
    read: ({ fields }) => ({ organisationId: fields.organisationId, accepts: fields.reponse === 'accepter' }),
    save: (caller, input) => caller.administration.answerInvitation(input),
    page: () => HERE,
    then: (_, __, { accepts }) => withQuery(HERE, { avis: accepts ? 'invitation-acceptee' : 'invitation-refusee' }),
  },
  HERE,
)
