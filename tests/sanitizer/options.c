/*
 * What the sanitizers of BUILD=asan are told, in the programs themselves: the
 * environment does not reach one that makes its own anew. Their exit status is
 * one that no program has, so that a story does not take a finding for an
 * answer; CHILD_FOUND of the stories is the same.
 */
const char *__asan_default_options(void);
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void);
const char *__ubsan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=1:halt_on_error=1:exitcode=99";
}

const char *
__lsan_default_options(void)
{
	return "exitcode=99";
}

/* glibc's own: setlocale() keeps the list that it makes of LOCPATH. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:__argz_add_sep\n";
}

const char *
__ubsan_default_options(void)
{
	return "halt_on_error=1:print_stacktrace=1:exitcode=99";
}
