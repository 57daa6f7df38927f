import { AnswerNotice } from '@/app/_ui/answer-notice'
import { fileNotices } from '@/app/_words/usager'

export const FileNotice = ({ avis }: { avis: string | undefined }) => <AnswerNotice answers={fileNotices} avis={avis} />
