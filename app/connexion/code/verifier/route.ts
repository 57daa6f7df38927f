import { verifyCodeRoute } from '@/app/_parts/factor/verify-code'
import { returnPath } from '@/server/access/rules/return-path'
import { dropEmail } from '../../_components/typed'

export const { POST, GET } = verifyCodeRoute({
  here: '/connexion/code',
  password: '/connexion',
  enter: async (goesBackTo) => {
    await dropEmail()
    return returnPath(goesBackTo)
  },
})
