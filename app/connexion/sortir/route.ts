import { formPage, formRoute } from '@/app/_lib/form-route'
import { closeSession, isProConnectOpen } from '@/server/api'
import { withNotice } from '../_components/urls'

export const POST = formRoute(
  async ({ fields }) => {
    const isEverywhere = fields.portee === 'partout'
    await closeSession(isEverywhere ? 'everywhere' : 'here')
    if (await isProConnectOpen()) return '/connexion/pro-connect/sortir'
    const door = fields.espace === 'super' ? '/super/connexion' : '/connexion'
    return withNotice(door, isEverywhere ? 'deconnecte-partout' : 'deconnecte')
  },
  { backHref: '/agent/profil', isLeaving: true },
)

export const GET = formPage('/agent/profil')
