// `npm run sms-addresses`: where the operator's own gateway says what became of its SMS, and what people answered.
import { operatorAddresses } from '../server/directory/queries/sms'

const addresses = operatorAddresses()
if (addresses) {
  console.log(`Accusés de réception :\n  ${addresses.receiptsUrl}\nRéponses (STOP, START) :\n  ${addresses.repliesUrl}`)
  console.log('Ces adresses sont des secrets : elles ne valent que pour la passerelle de SMS_GATEWAY.')
} else {
  console.error('Sans SMS_GATEWAY, la plateforme n’a pas de passerelle à elle : il n’y a pas d’adresse à donner.')
  process.exitCode = 1
}
