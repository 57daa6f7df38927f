export interface Fault {
  law: string
  file: string
  line?: number
  message: string
}
/** Every fault of the house kept in `root`, and how many files were read. */
export function faultsOf(root: string): { count: number; faults: Fault[] }
