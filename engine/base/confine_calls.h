/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside confine.c: which calls of the kernel. */
#ifndef ZP_BASE_CONFINE_CALLS_H
#define ZP_BASE_CONFINE_CALLS_H

#include <stdint.h>
#include <sys/syscall.h>

/* All that a parser needs that has its bytes already. */
static const uint32_t parser_calls[] = {
	SYS_read, SYS_write, SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise, SYS_mprotect, SYS_futex, SYS_setitimer, SYS_exit,
	SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_getrandom, SYS_gettid, SYS_getpid,
};

/* What no library that draws or packs has any business with. Libraries change what else they need; a list of what is allowed would
 * break papers with each of their versions, while Landlock holds the files. */
static const uint32_t writer_not[] = {
	/* the network */
	SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
	SYS_recvfrom, SYS_recvmsg, SYS_recvmmsg, SYS_setsockopt,
	/* programs and processes */
	SYS_execve, SYS_execveat, SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_ptrace, SYS_process_vm_readv,
	SYS_process_vm_writev, SYS_kcmp, SYS_setpriority, SYS_sched_setscheduler, SYS_sched_setattr, SYS_prlimit64, SYS_setrlimit,
#ifdef SYS_fork
	SYS_fork,
#endif
#ifdef SYS_vfork
	SYS_vfork,
#endif
	424 /* pidfd_send_signal */, 434 /* pidfd_open */, 438 /* pidfd_getfd */, 440 /* process_madvise */, 448 /* process_mrelease */,
	/* who it is */
	SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_setfsuid, SYS_setfsgid,
	SYS_capset, SYS_setsid, SYS_setpgid, SYS_unshare, SYS_setns, SYS_chroot, SYS_personality,
	/* the machine */
	SYS_mount, SYS_umount2, SYS_pivot_root, SYS_swapon, SYS_swapoff, SYS_reboot, SYS_init_module, SYS_finit_module, SYS_delete_module,
	SYS_kexec_load, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_syslog, SYS_acct, SYS_quotactl, SYS_settimeofday, SYS_clock_settime,
	SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname, SYS_add_key, SYS_request_key, SYS_keyctl, SYS_fanotify_init,
	SYS_inotify_init1, SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_vhangup,
	425 /* io_uring_setup */, 426, 427, 428 /* open_tree */, 429 /* move_mount */, 430 /* fsopen */, 431, 432, 433, 442 /* mount_setattr */,
	443 /* quotactl_fd */,
	/* what other processes see */
	SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_semget, SYS_semop, SYS_mq_open,
	/* whose a file is, which Landlock does not look at */
#ifdef SYS_chown
	SYS_chown, SYS_lchown, SYS_chmod,
#endif
	SYS_fchown, SYS_fchownat, SYS_fchmodat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr,
	SYS_lremovexattr, SYS_fremovexattr, SYS_utimensat, 452 /* fchmodat2 */,
};

#endif
