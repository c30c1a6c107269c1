#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One task of a Slurm job array: part SLURM_ARRAY_TASK_ID of N. tools/slurm/close submits it; it is an ordinary batch script.
#SBATCH --job-name=zhiping
#SBATCH --requeue
# usage: sbatch --array=1-N part.sh N ROUND [OPTION...]     as zhiping shard I/N ROUND OPTION...
parts=$1
shift
threads=${SLURM_CPUS_ON_NODE:-1}
test "$threads" -le 256 || threads=256 # the most that zhiping takes
exec "${ZHIPING:-zhiping}" shard "$SLURM_ARRAY_TASK_ID/$parts" "$@" --threads "$threads"
