import { formPage } from '@/app/_lib/form-route'
import { askLinkRoute } from '../../_components/ask-link'

export const POST = askLinkRoute('/connexion/mot-de-passe-oublie', 'reset-password')
export const GET = formPage('/connexion/mot-de-passe-oublie')
