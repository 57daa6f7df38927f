import { AnswerNotice } from '@/app/_ui/answer-notice'
import { superNotices } from '@/app/_words/super'

export const SuperNotice = ({ avis }: { avis: string | undefined }) => (
  <AnswerNotice answers={superNotices} avis={avis} />
)
