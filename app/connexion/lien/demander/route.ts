import { formPage } from '@/app/_lib/form-route'
import { askLinkRoute } from '../../_components/ask-link'

export const POST = askLinkRoute('/connexion/lien', 'sign-in')
export const GET = formPage('/connexion/lien')
