import { RadioGroup } from '@/app/_ui/controls'
import { roleChoiceWords } from '@/app/_words/administration'
import { ROLE_CHOICES, type RoleWord } from '@/server/access/rules/members'

const isChoice = (value: string | undefined): value is RoleWord => ROLE_CHOICES.some((choice) => choice === value)

export function RoleField({ value, error }: { value: string | undefined; error?: string | undefined }) {
  return (
    <RadioGroup
      label="Rôle dans l’organisation"
      name="role"
      choices={ROLE_CHOICES.map((choice) => ({ value: choice, ...roleChoiceWords[choice] }))}
      value={isChoice(value) ? value : 'basic'}
      error={error}
    />
  )
}
