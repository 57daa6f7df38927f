import { setOwnPassword } from '@/server/access/commands/set-own-password'
import { ownPasswordSchema } from '@/server/access/schema'
import { saveOwnAddress } from '@/server/people/commands/save-own-address'
import { saveOwnConsents } from '@/server/people/commands/save-own-consents'
import { getOwnContacts } from '@/server/people/queries/account-files'
import { saveOwnAddressSchema, saveOwnConsentsSchema } from '@/server/people/schema'
import { anonymousProcedure, router, usagerProcedure } from '@/server/trpc'
import { askOwnContact, confirmOwnEmail, confirmOwnPhone } from '../commands/change-own-contact'
import { listAccountRdvs } from '../queries/account-rdvs'
import { askOwnContactSchema, confirmOwnEmailSchema, confirmOwnPhoneSchema } from '../schema/account'

/** What is a person's own. Opening and closing their session is the front door's business (server/api.ts). */
export const accountRouter = router({
  listRdvs: usagerProcedure.query(({ ctx }) => listAccountRdvs(ctx)),
  getContacts: usagerProcedure.query(({ ctx }) => getOwnContacts(ctx)),
  saveConsents: usagerProcedure.input(saveOwnConsentsSchema).mutation(({ ctx, input }) => saveOwnConsents(ctx, input)),
  saveAddress: usagerProcedure.input(saveOwnAddressSchema).mutation(({ ctx, input }) => saveOwnAddress(ctx, input)),
  setPassword: usagerProcedure.input(ownPasswordSchema).mutation(({ ctx, input }) => setOwnPassword(ctx, input)),
  askContact: usagerProcedure.input(askOwnContactSchema).mutation(({ ctx, input }) => askOwnContact(ctx, input)),
  confirmPhone: usagerProcedure.input(confirmOwnPhoneSchema).mutation(({ ctx, input }) => confirmOwnPhone(ctx, input)),
  confirmEmail: anonymousProcedure
    .input(confirmOwnEmailSchema)
    .mutation(({ ctx, input }) => confirmOwnEmail(ctx, input)),
})
