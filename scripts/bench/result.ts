/** One measured figure. `ratioToBound` compares it with the bound measured in the same process, alternately. */
export type BenchResult = { name: string; value: number; unit: string; ratioToBound?: number; runs: number }
