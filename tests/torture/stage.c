/*
 * The stage of a scenario: a home, a simulator that serves every point of it,
 * the page, and the command line. Before each run the home is as it was.
 */
#include "torture/torture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"

static const char configuration[] =
    "theme = \"default\"\n"
    "keys { load_all = \"A\" }\n"
    "region hk { name = \"Hong Kong\" host = \"hk.example.org\" }\n"
    "profile live {\n"
    "\tregion = \"sgp\"\n"
    "\tapp_id = 1400000123\n"
    "\tadmin = \"administrator\"\n"
    "\tmarker = \"LIVE\"\n"
    "\tgroups = { \"@TGS#aDEMO00001\", \"friday-live\" }\n"
    "}\n";

/* How names of files begin that should not be there. */
static const char rest[] = ".bantop-";
static const char finding[] = "finding.";

/* Curses forgets what it prepared for a screen that it could not open. By the
 * library, since without descriptors no function is found. */
static const char suppressed[] = "leak:libtinfo.so\n";

static const char state_before[] = "region\tendpoint\t1700000000\n"
                                   "group\tendpoint\t1700000000\tpinned\told\n"
                                   "last\tendpoint\told\n"
                                   "time\tneed\n";

static void
open_page(struct torture_stage *stage)
{
	char path[HOME_PATH_MAX];
	void *map;
	int fd;

	home_path(&stage->home, "page", path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, sizeof *stage->page) != 0)
		fail_msg("%s: %s", path, strerror(errno));
	map = mmap(NULL, sizeof *stage->page, PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	assert_true(map != MAP_FAILED);
	stage->page = map;
	(void)close(fd);
	(void)snprintf(stage->page_variable, sizeof stage->page_variable,
	    TORTURE_PAGE "=%s", path);
}

/* The modes that a new terminal has. */
static void
learn_modes(struct torture_stage *stage)
{
	int fd, other;

	if (openpty(&fd, &other, NULL, NULL, NULL) != 0)
		fail_msg("openpty: %s", strerror(errno));
	assert_int_equal(tcgetattr(fd, &stage->modes), 0);
	(void)close(fd);
	(void)close(other);
}

static void
make_words(struct torture_stage *stage)
{
	const struct torture_scenario *scenario = stage->scenario;
	const struct sim *sim = &stage->sim;
	struct args *args = &stage->args;
	size_t i;

	args_init(args, "bantop");
	for (i = 0; scenario->words[i] != NULL; i++) {
		const char *word = scenario->words[i];

		if (strncmp(word, "~/", 2) == 0) {
			home_path(&stage->home, word + 2, stage->words[i]);
			word = stage->words[i];
		}
		args_add(args, word);
	}
	if (scenario->alone)
		return;
	args_add_two(args, "--endpoint", sim->url);
	args_add_two(args, "--cacert", sim->cacert);
	args_add_two(args, "--app-id", sim->app_id);
	args_add_two(args, "--admin", sim->admin);
	args_add_two(args, "--secret-key-file", sim->key_file);
	args_add_two(args, "--rate", "200");
}

/* What they find is written into the home; an ordinary build knows nothing of
 * this. Their library comes behind the shim, which is as it should be. */
static void
make_sanitizers(struct torture_stage *stage)
{
	(void)snprintf(stage->asan_variable, sizeof stage->asan_variable,
	    "ASAN_OPTIONS=verify_asan_link_order=0:exitcode=99:"
	    "log_path=%s/finding",
	    stage->home.dir);
	(void)snprintf(stage->ubsan_variable, sizeof stage->ubsan_variable,
	    "UBSAN_OPTIONS=print_stacktrace=1:exitcode=99:log_path=%s/finding",
	    stage->home.dir);
	home_write_text(&stage->home, "suppressed", suppressed);
	(void)snprintf(stage->lsan_variable, sizeof stage->lsan_variable,
	    "LSAN_OPTIONS=print_suppressions=0:suppressions=%s/suppressed",
	    stage->home.dir);
	stage->environment[4] = stage->lsan_variable;
	stage->environment[2] = stage->asan_variable;
	stage->environment[3] = stage->ubsan_variable;
}

void
torture_stage_open(struct torture_stage *stage,
    const struct torture_scenario *scenario, const char *shim, uint32_t speed)
{
	memset(stage, 0, sizeof *stage);
	stage->scenario = scenario;
	stage->speed = speed;
	home_make(&stage->home);
	home_write_text(&stage->home, "config/bantop/bantop.conf",
	    configuration);
	open_page(stage);
	learn_modes(stage);
	if (!scenario->alone)
		sim_start(&stage->sim, &stage->home, scenario->sim);
	make_words(stage);
	(void)snprintf(stage->preload_variable, sizeof stage->preload_variable,
	    "LD_PRELOAD=%s", shim);
	/* What is named without a folder is written in the home. */
	assert_int_equal(chdir(stage->home.dir), 0);
	stage->environment[0] = stage->page_variable;
	stage->environment[1] = stage->preload_variable;
	make_sanitizers(stage);
}

void
torture_stage_close(struct torture_stage *stage)
{
	sim_stop(&stage->sim);
	assert_int_equal(chdir("/"), 0);
	(void)munmap(stage->page, sizeof *stage->page);
	home_remove(&stage->home);
}

/* Files that a run has left: beside what it was to write, or of the
 * sanitizers, as their names begin. @return whether there were any. */
static bool
visit_rests(const struct torture_stage *stage, const char *beginning,
    bool remove)
{
	static const char *const folders[] = { "", "state/bantop" };
	char folder[HOME_PATH_MAX];
	bool any = false;
	size_t i;

	for (i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		const struct dirent *entry;
		DIR *dir;

		home_path(&stage->home, folders[i], folder);
		dir = opendir(folder);
		while (dir != NULL && (entry = readdir(dir)) != NULL) {
			if (strncmp(entry->d_name, beginning,
			        strlen(beginning)) != 0)
				continue;
			any = true;
			if (remove)
				(void)unlinkat(dirfd(dir), entry->d_name, 0);
		}
		if (dir != NULL)
			(void)closedir(dir);
	}
	return any;
}

void
torture_stage_show_findings(const struct torture_stage *stage)
{
	const struct dirent *entry;
	DIR *dir = opendir(stage->home.dir);
	char path[HOME_PATH_MAX];
	struct buf text;
	struct err err;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (strncmp(entry->d_name, finding, strlen(finding)) != 0)
			continue;
		home_path(&stage->home, entry->d_name, path);
		buf_init(&text, TORTURE_OUTPUT_MAX);
		if (file_read(path, &text, &err))
			(void)printf("%.4000s\n", buf_text(&text));
		buf_release(&text);
	}
	if (dir != NULL)
		(void)closedir(dir);
}

static void
reset_page(struct torture_stage *stage, const struct torture_point *point,
    bool noting)
{
	struct torture_page *page = stage->page;
	size_t told = offsetof(struct torture_page, ways);

	memset(page, 0, told);
	page->noting = noting ? 1 : 0;
	page->speed = stage->speed;
	if (!stage->scenario->alone)
		(void)snprintf(page->bundle, sizeof page->bundle, "%s",
		    stage->sim.cacert);
	if (point == NULL)
		return;
	page->call = point->fault->call;
	page->code = point->fault->code;
	page->lasts = point->fault->lasts ? 1 : 0;
	page->nth = point->nth;
}

void
torture_stage_reset(struct torture_stage *stage,
    const struct torture_point *point, bool noting)
{
	static const char *const left[] = { "rows.csv", "rows.csv.partial",
		"rows.tsv", "rows.tsv.partial", "log" };
	char path[HOME_PATH_MAX];
	size_t i;

	for (i = 0; i < sizeof left / sizeof left[0]; i++) {
		home_path(&stage->home, left[i], path);
		(void)unlink(path);
	}
	(void)visit_rests(stage, rest, true);
	(void)visit_rests(stage, finding, true);
	home_write_text(&stage->home, "state/bantop/state", state_before);
	reset_page(stage, point, noting);
}

void
torture_stage_look(const struct torture_stage *stage,
    struct torture_outcome *outcome)
{
	const char *name = stage->scenario->file;
	char path[HOME_PATH_MAX], partial[HOME_PATH_MAX + 16];
	struct err err;

	outcome->has_rest = visit_rests(stage, rest, false);
	outcome->has_finding = visit_rests(stage, finding, false);
	if (name == NULL)
		return;
	home_path(&stage->home, name, path);
	outcome->has_file = access(path, F_OK) == 0;
	if (outcome->has_file && !file_read(path, &outcome->file, &err))
		fail_msg("%s", err.text);
	(void)snprintf(partial, sizeof partial, "%s.partial", path);
	outcome->has_partial = access(partial, F_OK) == 0;
}
