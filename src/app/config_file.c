/*
 * The one door to libconfuse. Every value is read as text, so that the library
 * finds fault with the syntax only and all wrong values can be told at once.
 * Its callbacks carry nothing of ours: they leave the line, or the message, in
 * the comment of what they were called for, where the walk afterwards finds
 * it. An unknown key ends a parse; it is then added to the grammar as what it
 * looks like, and the next parse gets further.
 */
#include "bantop/app/config_file.h"

#include <confuse.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/app/config_grammar.h"
#include "bantop/app/config_text.h"
#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "bantop/base/num.h"

struct config_file {
	struct config_entry *entries; /* their texts are owned */
	size_t count;
	struct config_problem *problems;
	size_t problem_count;
};

/* -- callbacks ----------------------------------------------------------- */

static int
note_line(cfg_t *cfg, cfg_opt_t *option)
{
	char line[NUM_TEXT_MAX];

	num_write(cfg->line, line);
	cfg_opt_setcomment(option, line);
	return 0;
}

/* "LINE NAME\nMESSAGE": the first text of the message is the name it is
 * about, wherever it has one. */
static void note_error(cfg_t *cfg, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

static void
note_error(cfg_t *cfg, const char *format, va_list args)
{
	char message[ERR_TEXT_MAX];
	char note[2 * ERR_TEXT_MAX];
	const char *name = "";
	va_list again;

	if (cfg->comment != NULL)
		return; /* the first one counts */
	va_copy(again, args);
	if (strstr(format, "%s") != NULL)
		name = va_arg(again, const char *);
	va_end(again);
	if (vsnprintf(message, sizeof(message), format, args) < 0)
		message[0] = '\0';
	snprintf(note, sizeof(note), "%d %.64s\n%s", cfg->line, name, message);
	cfg->comment = strdup(note);
}

/* -- grammar to options -------------------------------------------------- */

static cfg_opt_t
text_option(const char *name, bool is_list)
{
	const cfg_opt_t option = {
		.name = name,
		.type = CFGT_STR,
		.flags = (cfg_flag_t)(CFGF_NODEFAULT |
		    (is_list ? CFGF_LIST : CFGF_NONE)),
		.validcb = note_line,
	};

	return option;
}

/* @return owned, ended by an empty one: the keys of one section with the
 *         unknown ones that were found in it, and @p more free places. */
static cfg_opt_t *
make_options(const struct config_grammar *grammar, const char *name,
    const struct config_key *keys, size_t key_count, size_t more)
{
	size_t used = 0;
	cfg_opt_t *options =
	    mem_alloc((key_count + grammar->unknown_count + more + 1) *
	        sizeof(*options));

	for (size_t i = 0; i < key_count; i++)
		options[used++] = text_option(keys[i].name, keys[i].is_list);
	for (size_t i = 0; i < grammar->unknown_count; i++) {
		const struct config_unknown *unknown = &grammar->unknown[i];

		if (strcmp(unknown->section, name) == 0 &&
		    unknown->shape == CONFIG_SHAPE_VALUES)
			options[used++] = text_option(unknown->key, true);
	}
	return options;
}

static cfg_opt_t
section_option(const char *name, bool has_title, cfg_opt_t *options)
{
	const cfg_opt_t option = {
		.name = name,
		.type = CFGT_SEC,
		.flags = (cfg_flag_t)(CFGF_MULTI |
		    (has_title ? CFGF_TITLE | CFGF_NO_TITLE_DUPES : CFGF_NONE)),
		.subopts = options,
		.validcb = note_line,
	};

	return option;
}

static size_t
count_options(const cfg_opt_t *options)
{
	size_t count = 0;

	while (options[count].name != NULL)
		count++;
	return count;
}

/* @return how many there are now. Sections do not nest, so unknown ones are
 *         looked for at the top level only. */
static size_t
add_sections(const struct config_grammar *grammar, cfg_opt_t *options,
    size_t used)
{
	for (size_t i = 0; i < grammar->section_count; i++) {
		const struct config_section *section = &grammar->sections[i];

		if (section->name[0] == '\0')
			continue;
		options[used++] =
		    section_option(section->name, section->has_title,
		        make_options(grammar, section->name, section->keys,
		            section->key_count, 0));
	}
	for (size_t i = 0; i < grammar->unknown_count; i++) {
		const struct config_unknown *unknown = &grammar->unknown[i];

		if (unknown->shape == CONFIG_SHAPE_VALUES)
			continue;
		options[used++] = section_option(unknown->key,
		    unknown->shape == CONFIG_SHAPE_TITLED,
		    make_options(grammar, unknown->key, NULL, 0, 0));
	}
	return used;
}

/* The library copies what it is given. */
static cfg_t *
make_parser(const struct config_grammar *grammar)
{
	const struct config_section *top = config_grammar_top(grammar);
	cfg_opt_t *options = make_options(grammar, "", top->keys,
	    top->key_count, grammar->section_count + grammar->unknown_count);
	size_t first = count_options(options);
	size_t used = add_sections(grammar, options, first);
	cfg_t *cfg = cfg_init(options, CFGF_NONE);

	for (size_t i = first; i < used; i++)
		free(options[i].subopts);
	free(options);
	if (cfg == NULL)
		mem_give_up();
	cfg_set_error_function(cfg, note_error);
	return cfg;
}

/* -- the walk afterwards ------------------------------------------------- */

static char *
copy_text(const char *text)
{
	return mem_copy_text(text, strlen(text));
}

static void
add_entry(struct config_file *file, const char *section, const char *title,
    const char *key, const char *value, size_t index, int line)
{
	file->entries =
	    mem_grow(file->entries, file->count + 1, sizeof(*file->entries));
	file->entries[file->count++] = (struct config_entry){
		.section = copy_text(section),
		.title = copy_text(title),
		.key = copy_text(key),
		.value = copy_text(value),
		.index = index,
		.line = line,
	};
}

static void
add_problem(struct config_file *file, bool is_warning, int line,
    const char *text)
{
	struct config_problem *problem;
	struct err harmless;

	file->problems = mem_grow(file->problems, file->problem_count + 1,
	    sizeof(*file->problems));
	problem = &file->problems[file->problem_count++];
	problem->is_warning = is_warning;
	problem->line = line;
	err_set(&harmless, ERR_CONFIG, 0, NULL, "%s", text);
	memcpy(problem->text, harmless.text, sizeof(problem->text));
}

static int
line_of(const cfg_opt_t *option)
{
	int64_t line = 0;

	if (option->comment == NULL ||
	    !num_parse(option->comment, strlen(option->comment), 0, INT32_MAX,
	        &line))
		return 0;
	return (int)line;
}

static void
take_values(struct config_file *file, const char *section, const char *title,
    cfg_opt_t *option)
{
	for (unsigned i = 0; i < cfg_opt_size(option); i++)
		add_entry(file, section, title, cfg_opt_name(option),
		    cfg_opt_getnstr(option, i), i, line_of(option));
}

static void
take_section(struct config_file *file, const struct config_section *section,
    cfg_t *cfg, int line)
{
	const char *title = cfg_title(cfg) == NULL ? "" : cfg_title(cfg);

	if (section->name[0] != '\0')
		add_entry(file, section->name, title, "", "", 0, line);
	for (size_t i = 0; cfg->opts[i].name != NULL; i++) {
		if (config_section_has(section, cfg->opts[i].name))
			take_values(file, section->name, title, &cfg->opts[i]);
	}
}

static void
take_entries(struct config_file *file, const struct config_grammar *grammar,
    cfg_t *cfg)
{
	take_section(file, config_grammar_top(grammar), cfg, 0);
	for (size_t i = 0; cfg->opts[i].name != NULL; i++) {
		cfg_opt_t *option = &cfg->opts[i];
		const struct config_section *section =
		    config_grammar_find(grammar, option->name);

		if (option->type != CFGT_SEC || section == NULL)
			continue;
		for (unsigned n = 0; n < cfg_opt_size(option); n++)
			take_section(file, section, cfg_opt_getnsec(option, n),
			    cfg_opt_getnsec(option, n)->line);
	}
}

/* @return the note of an error, wherever in the tree it was left; NULL for
 *         none. @p section gets the section's name. */
static const char *
find_note(cfg_t *cfg, const char **section)
{
	*section = "";
	if (cfg->comment != NULL)
		return cfg->comment;
	for (size_t i = 0; cfg->opts[i].name != NULL; i++) {
		if (cfg->opts[i].type != CFGT_SEC)
			continue;
		*section = cfg->opts[i].name;
		for (unsigned n = 0; n < cfg_opt_size(&cfg->opts[i]); n++) {
			cfg_t *sub = cfg_opt_getnsec(&cfg->opts[i], n);

			if (sub->comment != NULL)
				return sub->comment;
		}
	}
	return NULL;
}

static int
split_note(const char *note, char name[ERR_TEXT_MAX], const char **message)
{
	const char *space = strchr(note, ' ');
	const char *newline = strchr(note, '\n');
	int64_t line = 0;

	if (!num_parse(note, (size_t)(space - note), 0, INT32_MAX, &line))
		line = 0;
	snprintf(name, ERR_TEXT_MAX, "%.*s", (int)(newline - space - 1),
	    space + 1);
	*message = newline + 1;
	return (int)line;
}

/* -- unknown keys -------------------------------------------------------- */

/* Learns from a failed parse. @return false if the failure is no matter of
 * unknown keys. */
static bool
learn(struct config_file *file, struct config_grammar *grammar,
    const char *section, const char *key, int line)
{
	char text[ERR_TEXT_MAX + 32];

	switch (config_grammar_learn(grammar, section, key)) {
	case CONFIG_LEARNT_NOTHING:
		return false;
	case CONFIG_LEARNT_SHAPE:
		return true;
	case CONFIG_LEARNT_KEY:
		break;
	}
	snprintf(text, sizeof(text), "%s: unknown, ignored", key);
	if (section[0] == '\0' || config_grammar_find(grammar, section) != NULL)
		add_problem(file, true, line, text);
	return true;
}

/* @return false when there is nothing more to be learnt. */
static bool
parse_once(struct config_file *file, struct config_grammar *grammar,
    const char *source)
{
	char name[ERR_TEXT_MAX];
	const char *section, *note;
	const char *message = "cannot be understood";
	cfg_t *cfg = make_parser(grammar);
	bool again = false;
	int line = 0;

	errno = 0;
	if (cfg_parse_buf(cfg, source) == CFG_SUCCESS) {
		take_entries(file, grammar, cfg);
		goto done;
	}
	/* The tree is in pieces then, and not even to be freed. */
	if (errno == ENOMEM)
		mem_give_up();
	name[0] = '\0';
	note = find_note(cfg, &section);
	if (note != NULL)
		line = split_note(note, name, &message);
	/* The second of a title would take the place of the first. */
	again = strstr(message, "duplicate title") == NULL &&
	    learn(file, grammar, section, name, line);
	if (!again)
		add_problem(file, false, line, message);
done:
	cfg_free(cfg);
	return again;
}

static void
parse(struct config_file *file, const struct config_section *sections,
    size_t section_count, struct buf *source)
{
	struct config_grammar grammar = {
		.sections = sections,
		.section_count = section_count,
	};
	const char *what;
	int open_line = config_text_prepare(source->data, source->len, &what);

	if (open_line > 0)
		add_problem(file, false, open_line, what);
	else
		while (parse_once(file, &grammar, buf_text(source)))
			continue;
	config_grammar_release(&grammar);
}

/* -- the public part ----------------------------------------------------- */

struct config_file *
config_file_read(const char *path, const struct config_section *sections,
    size_t section_count, struct err *err)
{
	struct config_file *file = NULL;
	struct buf text;

	buf_init(&text, CONFIG_FILE_MAX);
	if (!file_read(path, &text, err))
		goto done;
	file = mem_alloc(sizeof(*file));
	if (memchr(buf_text(&text), '\0', text.len) != NULL)
		add_problem(file, false, 0, "holds a NUL byte");
	else if (text.len > 0)
		parse(file, sections, section_count, &text);
done:
	buf_release(&text);
	return file;
}

void
config_file_destroy(struct config_file *file)
{
	if (file == NULL)
		return;
	for (size_t i = 0; i < file->count; i++) {
		free(file->entries[i].section);
		free(file->entries[i].title);
		free(file->entries[i].key);
		free(file->entries[i].value);
	}
	free(file->entries);
	free(file->problems);
	free(file);
}

size_t
config_file_count(const struct config_file *file)
{
	return file->count;
}

const struct config_entry *
config_file_at(const struct config_file *file, size_t index)
{
	return &file->entries[index];
}

size_t
config_file_problem_count(const struct config_file *file)
{
	return file->problem_count;
}

const struct config_problem *
config_file_problem_at(const struct config_file *file, size_t index)
{
	return &file->problems[index];
}

const char *
config_file_library_version(void)
{
	return confuse_version;
}
