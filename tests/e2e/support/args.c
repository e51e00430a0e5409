#include "e2e/support/args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

void
args_init(struct args *args, const char *program)
{
	home_program(program, args->program);
	args->count = 0;
	args_add(args, args->program);
}

void
args_add(struct args *args, const char *text)
{
	assert_true(args->count < ARGS_MAX);
	args->list[args->count++] = text;
	args->list[args->count] = NULL;
}

void
args_add_two(struct args *args, const char *first, const char *second)
{
	args_add(args, first);
	args_add(args, second);
}

void
args_add_all(struct args *args, const char *const *texts)
{
	for (; texts != NULL && *texts != NULL; texts++)
		args_add(args, *texts);
}
