import { agentProcedure, router } from '@/server/trpc'
import { arrangeSmsGateway } from '../commands/arrange-sms-gateway'
import { saveSmsGateway } from '../commands/save-sms-gateway'
import { setSmsPrice } from '../commands/set-sms-price'
import { setSmsSender } from '../commands/set-sms-sender'
import { trySmsGateway } from '../commands/try-sms-gateway'
import { getTerritorySms } from '../queries/sms'
import {
  arrangeSmsGatewaySchema,
  saveSmsGatewaySchema,
  setSmsPriceSchema,
  setSmsSenderSchema,
  territorySmsSchema,
  trySmsGatewaySchema,
} from '../schema/sms'

/** By what the SMS of a territory leave: its admins decide. */
export const smsRouter = router({
  get: agentProcedure.input(territorySmsSchema).query(({ ctx, input }) => getTerritorySms(ctx, input)),
  setSender: agentProcedure.input(setSmsSenderSchema).mutation(({ ctx, input }) => setSmsSender(ctx, input)),
  setPrice: agentProcedure.input(setSmsPriceSchema).mutation(({ ctx, input }) => setSmsPrice(ctx, input)),
  saveGateway: agentProcedure.input(saveSmsGatewaySchema).mutation(({ ctx, input }) => saveSmsGateway(ctx, input)),
  arrange: agentProcedure.input(arrangeSmsGatewaySchema).mutation(({ ctx, input }) => arrangeSmsGateway(ctx, input)),
  tryGateway: agentProcedure.input(trySmsGatewaySchema).mutation(({ ctx, input }) => trySmsGateway(ctx, input)),
})
