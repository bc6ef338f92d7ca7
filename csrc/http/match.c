/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.c - finds the signatures that fit the head of an HTTP message.
 *
 * A signature requires atoms: headers, or headers with a text in their value. sigcompiler/table/http_lookup.py
 * describes the tables. References in the database were checked when it was opened, so they are not checked here. */
#include "http/match.h"

#include "base/hash.h"
#include "base/search.h"
#include "http/texts.h"

enum { WORD = sizeof(uint64_t) };

typedef struct atom {
    uint16_t number;
    uint16_t field; /* the head's first field with its name */
} atom;

/* A head, and the numbers of its names and atoms in the tables. */
typedef struct indexed_head {
    const hg_http_head *head;
    const hg_db_http_name *known[HG_HTTP_MOST_FIELDS]; /* NULL: no signature has this name */
    uint32_t names[HG_HTTP_MOST_FIELDS]; /* number of each field's name; HG_NO_INDEX: none */
    uint32_t firsts[HG_HTTP_MOST_FIELDS]; /* for each field: the first field with the same name */
    uint8_t repeated[HG_HTTP_MOST_FIELDS]; /* for a first field: 1 if its name is repeated */
    /* For a first field: how many atoms on the path to the current node belong to it. The last element is for atoms
     * that belong to no field. */
    uint8_t needed[HG_HTTP_MOST_FIELDS + 1];
    uint8_t is_searched; /* 1: all members are set; 0: only the members before `firsts` */
    uint32_t atom_count;
    atom atoms[HG_HTTP_MOST_ATOMS]; /* sorted by number */
    uint64_t texts[HG_HTTP_MOST_FIELDS][HG_HTTP_ATOM_WORDS]; /* for each field: atoms whose texts are in its value */
} indexed_head;

/* ---- texts --------------------------------------------------------------------------- */

static inline const uint8_t *text_of(const hg_http_head *head, hg_http_text text)
{
    return head->bytes + text.offset;
}

/* As hg_word_at, but with A to Z in lower case. The sums never carry into the next byte. */
static inline uint64_t lower_word_at(const uint8_t *text, uint32_t length, uint32_t at)
{
    const uint64_t each = UINT64_C(0x0101010101010101), word = hg_word_at(text, length, at), low = word & 0x7f * each;
    const uint64_t from_a = low + (0x80 - 'A') * each, behind_z = low + (0x7f - 'Z') * each;
    return word | (from_a & ~behind_z & ~word & 0x80 * each) >> 2;
}

/* Compares a header's name with `name`, which is in lower case, and whose length and first WORD bytes are known to be
 * equal. */
static int same_name(const hg_http_head *head, hg_http_text text, const char *name)
{
    const uint8_t *bytes = text_of(head, text);
    for (uint32_t at = WORD; at < text.length; at += WORD)
        if (lower_word_at(bytes, text.length, at) != hg_word_at((const uint8_t *)name, text.length, at))
            return 0;
    return 1;
}

/* ---- names and atoms of a head ------------------------------------------------------- */

/* The record of a header's name in the database; NULL: no signature has this name. */
static const hg_db_http_name *find_name(const hg_database *database, const hg_http_head *head, hg_http_text text)
{
    const hg_tables *t = &database->tables;
    const uint8_t *bytes = text_of(head, text);
    const uint64_t first = lower_word_at(bytes, text.length, 0);
    uint64_t state = text.length > 0 ? hg_hash_mix(t->hash_key, first) : t->hash_key;
    for (uint32_t at = WORD; at < text.length; at += WORD)
        state = hg_hash_mix(state, lower_word_at(bytes, text.length, at));
    uint32_t mask = t->http_names_count - 1;
    for (uint32_t slot = hg_hash_fold(hg_hash_mix(state, text.length)) & mask;; slot = (slot + 1) & mask) {
        const hg_db_http_name *name = t->http_names + slot;
        if (name->number == HG_NO_INDEX)
            return NULL;
        const char *known = hg_database_text(database, name->name_offset);
        if (name->name_length == text.length && first == hg_word_at((const uint8_t *)known, text.length, 0) &&
            same_name(head, text, known))
            return name;
    }
}

/* The first field with this name from `at` on; the number of fields: none. */
static uint32_t find_field(const indexed_head *indexed, uint32_t name, uint32_t at)
{
    while (at < indexed->head->field_count && indexed->names[at] != name)
        at++;
    return at;
}

static void read_names(const hg_database *database, const hg_http_head *head, indexed_head *indexed)
{
    indexed->head = head;
    indexed->is_searched = 0;
    for (uint32_t i = 0; i < head->field_count; i++) {
        const hg_db_http_name *name = find_name(database, head, head->fields[i].name);
        indexed->known[i] = name;
        indexed->names[i] = name == NULL ? HG_NO_INDEX : name->number;
    }
}

/* Adds the atoms of a field: its name, and the texts in its value. */
static void find_atoms(const hg_tables *t, indexed_head *indexed, uint32_t field, uint64_t *atoms)
{
    const hg_db_http_name *name = indexed->known[field];
    const hg_http_text value = indexed->head->fields[field].value;
    uint64_t *texts = indexed->texts[field];
    if (name->atom != HG_NO_INDEX)
        hg_http_add_atom(atoms, name->atom);
    if (name->root == HG_NO_INDEX)
        return;
    memset(texts, 0, hg_http_atom_words(t) * sizeof *texts);
    hg_http_find_texts(t, name->root, text_of(indexed->head, value), value.length, texts);
    for (uint32_t word = 0; word < hg_http_atom_words(t); word++)
        atoms[word] |= texts[word];
}

/* Makes the sorted list of the head's atoms. */
static void list_atoms(const hg_tables *t, indexed_head *indexed, const uint64_t *atoms)
{
    indexed->atom_count = 0;
    for (uint32_t word = 0; word < hg_http_atom_words(t); word++)
        for (uint64_t left = atoms[word]; left != 0; left &= left - 1) {
            const uint32_t number = word * HG_HTTP_ATOM_WORD + (uint32_t)__builtin_ctzll(left);
            const uint32_t field = find_field(indexed, t->http_atoms[number].name, 0);
            indexed->atoms[indexed->atom_count++] = (atom){(uint16_t)number, (uint16_t)field};
        }
}

static void read_atoms(const hg_tables *t, indexed_head *indexed)
{
    uint64_t atoms[HG_HTTP_ATOM_WORDS];
    memset(atoms, 0, hg_http_atom_words(t) * sizeof *atoms);
    for (uint32_t i = 0; i < indexed->head->field_count; i++) {
        indexed->repeated[i] = indexed->needed[i] = 0;
        indexed->firsts[i] = i;
        if (indexed->known[i] == NULL)
            continue;
        indexed->firsts[i] = find_field(indexed, indexed->names[i], 0);
        indexed->repeated[indexed->firsts[i]] = indexed->firsts[i] != i;
        find_atoms(t, indexed, i, atoms);
    }
    list_atoms(t, indexed, atoms);
    indexed->is_searched = 1;
}

/* ---- one signature ------------------------------------------------------------------- */

/* Whether the text of an atom occurs in the value of a field. */
static int has_text(const hg_database *database, const indexed_head *indexed, uint32_t field, uint32_t number)
{
    const hg_db_http_atom *atom = database->tables.http_atoms + number;
    if (indexed->is_searched)
        return indexed->known[field]->root != HG_NO_INDEX && hg_http_has_atom(indexed->texts[field], number);
    const hg_http_text value = indexed->head->fields[field].value;
    return hg_span_find(hg_span_of(text_of(indexed->head, value), hg_http_searched(value.length)),
                        hg_database_span(database, atom->value_offset, atom->value_length)) != NULL;
}

/* Whether a signature fits the head. */
static int fits(const hg_database *database, const indexed_head *indexed, uint32_t number)
{
    const hg_db_http *http = database->tables.https + number;
    const hg_db_http_step *step = database->tables.http_steps + http->first_step;
    uint32_t count = indexed->head->field_count, at = 0;
    if (http->version != HG_HTTP_ANY_VERSION && http->version != indexed->head->version)
        return 0;
    for (const hg_db_http_step *end = step + http->step_count; step < end; step++) {
        uint32_t found = find_field(indexed, step->name, at);
        if (found == count) {
            if ((step->flags & HG_HTTP_STEP_OPTIONAL) == 0 || find_field(indexed, step->name, 0) != count)
                return 0;
            continue;
        }
        if (step->atom != HG_NO_INDEX && !has_text(database, indexed, found, step->atom))
            return 0;
        at = found + 1;
    }
    for (const hg_db_http_step *end = step + http->absent_count; step < end; step++)
        if (find_field(indexed, step->name, 0) != count)
            return 0;
    return 1;
}

/* The signature with the lowest grade wins. */
static inline uint32_t grade_of(const hg_tables *t, uint32_t number)
{
    uint32_t generic = (t->https[number].flags & HG_SIGNATURE_GENERIC) != 0;
    return (generic ? (uint32_t)HG_GRADE_GENERIC : (uint32_t)HG_GRADE_SPECIFIC) << HG_GRADE_SHIFT | number;
}

/* Whether the last User-Agent or Server differs from the software that the signature expects. */
static uint8_t is_dishonest(const hg_database *database, const indexed_head *indexed, uint32_t number)
{
    const uint32_t software = database->tables.https[number].software;
    if (software == HG_NO_INDEX)
        return 0;
    for (uint32_t i = indexed->head->field_count; i-- > 0;)
        if (indexed->names[i] == database->tables.http_atoms[software].name &&
            indexed->head->fields[i].value.length != 0)
            return !has_text(database, indexed, i, software);
    return 0;
}

static hg_http_match match_of_grade(const hg_database *database, const indexed_head *indexed, uint32_t best)
{
    hg_http_match match = {.signature = HG_NO_SIGNATURE};
    if (best == HG_NO_INDEX)
        return match;
    match.signature = best & (HG_MAX_SIGNATURES - 1);
    match.generic = best >> HG_GRADE_SHIFT == HG_GRADE_GENERIC;
    match.dishonest = is_dishonest(database, indexed, match.signature);
    return match;
}

/* ---- the tree of atoms --------------------------------------------------------------- */

/* A hash of the names needed at a node, in the head's order; the node's members store the same hash of their order.
 * `*known` becomes 0 if one of the names is repeated, because several orders are possible then. */
static uint32_t order_of(const indexed_head *indexed, int *known)
{
    uint64_t state = 0;
    *known = 1;
    for (uint32_t i = 0; i < indexed->head->field_count; i++) {
        if (indexed->needed[indexed->firsts[i]] == 0)
            continue;
        if (indexed->repeated[i])
            *known = 0;
        state = hg_hash_mix(state, indexed->names[i]);
    }
    return hg_hash_fold(state);
}

/* The grade of the node's best signature that fits, or `best` if none is better. */
static uint32_t visit(const hg_database *database, const indexed_head *indexed, const hg_db_http_node *node,
                      uint32_t best)
{
    const hg_tables *t = &database->tables;
    uint32_t first = node->first_member, end = first + node->member_count, order = 0;
    int known = 0;
    if (node->member_count > 1)
        order = order_of(indexed, &known);
    if (known)
        HG_SEARCH(first, end, t->http_members[middle].order < order)
    for (; first < end && (!known || t->http_members[first].order == order); first++) {
        uint32_t grade = grade_of(t, t->http_members[first].signature);
        if (grade < best && fits(database, indexed, t->http_members[first].signature))
            best = grade;
    }
    return best;
}

/* The first child from `first` on whose atom is at least `number`; `end`: none. */
static uint32_t child_from(const hg_tables *t, uint32_t first, uint32_t end, uint32_t number)
{
    HG_SEARCH(first, end, t->http_nodes[middle].atom < number)
    return first;
}

/* The head's first atom from `first` on whose number is at least `number`. A binary search, because a head may have as
 * many atoms as there are nodes, and each node would walk over all of them. */
static uint32_t atom_from(const indexed_head *indexed, uint32_t first, uint32_t number)
{
    HG_SEARCH(first, indexed->atom_count, indexed->atoms[middle].number < number)
    return first;
}

/* A node on the current path, and where to continue: the next child and the next atom. */
typedef struct node_place {
    uint32_t child;
    uint32_t end; /* end of the children */
    uint32_t atom;
} node_place;

/* The next child whose atom the head has and whose subtree may hold a better grade than `best`; HG_NO_INDEX: none. */
static inline uint32_t next_below(const hg_tables *t, const indexed_head *indexed, node_place *at, uint32_t best)
{
    while (at->atom < indexed->atom_count && at->child < at->end) {
        const uint32_t number = indexed->atoms[at->atom].number, child = at->child;
        if (number < t->http_nodes[child].atom) {
            at->atom = atom_from(indexed, at->atom + 1, t->http_nodes[child].atom);
        } else if (number > t->http_nodes[child].atom) {
            at->child = child_from(t, child + 1, at->end, number);
        } else {
            at->atom++;
            at->child++;
            if (t->http_nodes[child].best < best)
                return child;
        }
    }
    return HG_NO_INDEX;
}

/* As next_below, for the root. It has many children, so each atom stores which child is its own. */
static inline uint32_t next_at_root(const hg_tables *t, const indexed_head *indexed, node_place *at, uint32_t best)
{
    while (at->atom < indexed->atom_count) {
        const uint32_t child = t->http_atoms[indexed->atoms[at->atom++].number].nodes[indexed->head->response != 0];
        if (child != HG_NO_INDEX && t->http_nodes[child].best < best)
            return child;
    }
    return HG_NO_INDEX;
}

/* Visits all nodes whose atoms the head has, depth first. Atoms rise along each path. */
static uint32_t walk(const hg_database *database, indexed_head *indexed)
{
    const hg_tables *t = &database->tables;
    node_place way[HG_HTTP_MOST_HEADERS + 1];
    uint32_t depth = 0, best = visit(database, indexed, t->http_nodes + (indexed->head->response != 0), HG_NO_INDEX);
    way[0] = (node_place){.atom = 0};
    for (;;) {
        node_place *at = way + depth;
        const uint32_t number = depth == 0 ? next_at_root(t, indexed, at, best) : next_below(t, indexed, at, best);
        if (number != HG_NO_INDEX) {
            const hg_db_http_node *node = t->http_nodes + number;
            indexed->needed[indexed->atoms[at->atom - 1].field]++;
            way[++depth] = (node_place){node->first_child, node->first_child + node->child_count, at->atom};
            best = visit(database, indexed, node, best);
            continue;
        }
        if (depth == 0)
            return best;
        depth--;
        indexed->needed[indexed->atoms[way[depth].atom - 1].field]--;
    }
}

/* Makes a cache key from all parts of a head that decide its match: kind, version, known names in order, and the values
 * in which texts are searched, each after its length. Length 0: they are too long. */
static void make_key(const indexed_head *indexed, hg_http_key *key)
{
    uint32_t at = 0;
    key->length = 0;
    key->bytes[at++] = indexed->head->response;
    key->bytes[at++] = indexed->head->version;
    for (uint32_t i = 0; i < indexed->head->field_count; i++) {
        if (indexed->known[i] == NULL)
            continue;
        const hg_http_text value = indexed->head->fields[i].value;
        const uint32_t length = indexed->known[i]->root != HG_NO_INDEX ? value.length : 0;
        if (sizeof indexed->names[i] + sizeof value.length + length > sizeof key->bytes - at)
            return;
        memcpy(key->bytes + at, indexed->names + i, sizeof indexed->names[i]);
        at += sizeof indexed->names[i];
        if (indexed->known[i]->root == HG_NO_INDEX)
            continue;
        memcpy(key->bytes + at, &value.length, sizeof value.length);
        at += sizeof value.length;
        memcpy(key->bytes + at, text_of(indexed->head, value), length);
        at += length;
    }
    key->length = at;
}

static int has_key(const hg_http_memo *memo, uint32_t entry, const hg_http_key *key)
{
    const hg_http_key *kept = memo->keys + entry;
    return kept->length == key->length && memcmp(kept->bytes, key->bytes, key->length) == 0;
}

/* The other slot of a key whose own slot has another key. Two frequent heads with one slot would replace each other. */
static __attribute__((cold, noinline)) uint32_t second_slot(const hg_http_memo *memo, uint32_t entry,
                                                            const hg_http_key *key, int *known)
{
    const uint32_t other = entry ^ 1;
    *known = has_key(memo, other, key);
    return *known || (memo->keys[entry].length != 0 && memo->keys[other].length == 0) ? other : entry;
}

/* The cache slot of a key. `*known` becomes 0 if the caller must fill it. */
static hg_http_match *slot_of(hg_http_memo *memo, const hg_http_key *key, int *known)
{
    uint32_t entry =
        hg_hash_fold(hg_hash_span(memo->hash_key, hg_span_of(key->bytes, key->length))) % HG_HTTP_MEMO_ENTRIES;
    *known = has_key(memo, entry, key);
    if (!*known)
        entry = second_slot(memo, entry, key, known);
    if (!*known) {
        memo->keys[entry].length = key->length;
        memcpy(memo->keys[entry].bytes, key->bytes, key->length);
    }
    return memo->matches + entry;
}

static hg_http_match best_of(const hg_database *database, indexed_head *indexed)
{
    read_atoms(&database->tables, indexed);
    return match_of_grade(database, indexed, walk(database, indexed));
}

hg_http_match hg_database_match_http(const hg_database *database, const hg_http_head *head, hg_http_memo *memo)
{
    indexed_head indexed;
    hg_http_key key;
    key.length = 0;
    read_names(database, head, &indexed);
    if (memo != NULL)
        make_key(&indexed, &key);
    if (key.length == 0)
        return best_of(database, &indexed);
    int known;
    hg_http_match *match = slot_of(memo, &key, &known);
    if (!known)
        *match = best_of(database, &indexed);
    return *match;
}

/* ---- all matching signatures, tried one by one --------------------------------------- */

static inline int is_of_kind(const hg_tables *t, uint32_t number, const hg_http_head *head)
{
    return ((t->https[number].flags & HG_SIGNATURE_RESPONSE) != 0) == (head->response != 0);
}

uint32_t hg_database_match_all_http(const hg_database *database, const hg_http_head *head, hg_http_match *out,
                                    uint32_t capacity)
{
    const hg_tables *t = &database->tables;
    uint32_t fitting = 0;
    indexed_head indexed;
    read_names(database, head, &indexed);
    for (uint32_t kind = HG_GRADE_SPECIFIC; kind <= HG_GRADE_GENERIC; kind++)
        for (uint32_t number = 0; number < t->https_count; number++) {
            if (grade_of(t, number) >> HG_GRADE_SHIFT != kind || !is_of_kind(t, number, head) ||
                !fits(database, &indexed, number))
                continue;
            if (fitting < capacity)
                out[fitting] = match_of_grade(database, &indexed, grade_of(t, number));
            fitting++;
        }
    return fitting;
}

int hg_database_has_values(const hg_database *database, const hg_http_head *head, hg_http_text name)
{
    const hg_db_http_name *found = database == NULL ? NULL : find_name(database, head, name);
    return found != NULL && (found->flags & HG_HTTP_NAME_VALUED) != 0;
}

/* ---- heads given as fields ----------------------------------------------------------- */

void hg_http_head_of_fields(const hg_http_fields *fields, hg_http_head *head)
{
    memset(head, 0, sizeof *head);
    head->bytes = fields->bytes;
    head->response = fields->response;
    head->version = fields->version;
    head->field_count = fields->count < HG_HTTP_MOST_FIELDS ? fields->count : HG_HTTP_MOST_FIELDS;
    for (uint32_t i = 0; i < head->field_count; i++) {
        const uint16_t *place = fields->places + 4 * (size_t)i;
        head->fields[i].name = (hg_http_text){place[0], place[1]};
        head->fields[i].value = (hg_http_text){place[2], place[3]};
    }
}

hg_http_match hg_database_match_fields(const hg_database *database, const hg_http_fields *fields)
{
    hg_http_head head;
    hg_http_head_of_fields(fields, &head);
    return hg_database_match_http(database, &head, NULL);
}

uint32_t hg_database_match_all_fields(const hg_database *database, const hg_http_fields *fields, hg_http_match *out,
                                      uint32_t capacity)
{
    hg_http_head head;
    hg_http_head_of_fields(fields, &head);
    return hg_database_match_all_http(database, &head, out, capacity);
}
