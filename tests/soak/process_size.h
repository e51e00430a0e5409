/*
 * What a process holds: memory as the kernel counts it, and descriptors.
 */
#ifndef BANTOP_TESTS_PROCESS_SIZE_H
#define BANTOP_TESTS_PROCESS_SIZE_H

#include <stddef.h>
#include <sys/types.h>

/* KiB. */
struct process_size {
	size_t resident;
	size_t highest; /* resident, ever */
	size_t own;     /* resident and of no file: heap, stack, data */
	size_t files;   /* resident and of a file: programs and libraries */
};

/** @param pid 0: this one. Fails the test if it is gone. */
void process_size_read(pid_t pid, struct process_size *size);

struct process_files {
	size_t sockets;
	size_t others;
};

/** Descriptors of this process. */
void process_files_read(struct process_files *files);

#endif
