import { RadioGroup } from '@/app/_ui/controls'
import type { OwnContacts } from '@/server/people/rules/account-files'

/** Of a family who shares a telephone, whose the new contact is: the others are still reached where they are. */
export function WhoseContact({ people, legend }: { people: OwnContacts['people']; legend: string }) {
  if (people.length === 0) return null
  return (
    <RadioGroup
      name="dossier"
      label={legend}
      hint="Plusieurs personnes de votre famille sont connues ici. Les autres restent prévenues là où elles le sont."
      choices={people.map(({ usagerId, firstName, lastName }) => ({
        ...{ value: String(usagerId), label: `${firstName} ${lastName}` },
      }))}
    />
  )
}
