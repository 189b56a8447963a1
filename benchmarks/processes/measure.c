/* Runs two commands in turn and prints two rows of the table: how long ours takes beside the peer, and its peak memory.
 *
 *     measure ROUNDS RATIO_MAX MEGABYTES_MAX name command argument … -- name command argument …
 *
 * Ours first, then the peer. Rounds are interleaved, one run of each command after the other, because the speed of a
 * machine drifts and a ratio of neighbours does not. This is C and not a script: the peak memory of a child counts what
 * its parent had when it started the child, and 1 MB hides nothing. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { OURS, PEER, COMMANDS, ROUNDS_MAX = 2000 };

struct command {
    char *name;
    char **words;
    double wall[ROUNDS_MAX], memory[ROUNDS_MAX];
};

static struct command commands[COMMANDS];
extern char **environ;

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static double milliseconds(struct timespec t) { return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }

static void run(struct command *c, int round, posix_spawn_file_actions_t *quiet) {
    struct timespec begin, end;
    struct rusage usage;
    int status;
    pid_t child;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (posix_spawnp(&child, c->words[0], quiet, NULL, c->words, environ) != 0 ||
        wait4(child, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "measure: %s failed\n", c->name);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    c->wall[round] = milliseconds(end) - milliseconds(begin);
    c->memory[round] = usage.ru_maxrss / 1024.0;
}

static void print_row(const char *what, const char *peer, const char *ours, double reached, double most,
                      const char *unit) {
    const char *mark = reached <= most ? "" : "**";
    printf("| %s | %s | %s | ≤ %.1f%s | %s%.2f%s%s |\n", what, peer, ours, most, unit, mark, reached, unit, mark);
}

int main(int argc, char **argv) {
    int count = 0, rounds = argc > 3 ? atoi(argv[1]) : 0;
    for (int i = 4; i + 1 < argc && count < COMMANDS; count++) {
        commands[count].name = argv[i];
        commands[count].words = &argv[i + 1];
        while (i < argc && strcmp(argv[i], "--") != 0) i++;
        argv[i++] = NULL;
    }
    if (count != COMMANDS || rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "measure ROUNDS RATIO_MAX MEGABYTES_MAX name command … -- name command …\n");
        return 2;
    }
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    for (int i = 0; i < count; i++) run(&commands[i], 0, &quiet); /* fills the caches, counts for nothing */
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++) run(&commands[i], round, &quiet);

    static double ratios[ROUNDS_MAX];
    for (int i = 0; i < rounds; i++) ratios[i] = commands[OURS].wall[i] / commands[PEER].wall[i];
    double memory = median(commands[OURS].memory, rounds);
    char ours[32], peer[96];
    snprintf(ours, sizeof ours, "%.2f ms", median(commands[OURS].wall, rounds));
    snprintf(peer, sizeof peer, "%s: %.2f ms", commands[PEER].name, median(commands[PEER].wall, rounds));
    print_row(commands[OURS].name, peer, ours, median(ratios, rounds), atof(argv[2]), "x");
    snprintf(ours, sizeof ours, "%.1f MB", memory);
    snprintf(peer, sizeof peer, "%s: %.1f MB", commands[PEER].name, median(commands[PEER].memory, rounds));
    print_row("its peak memory", peer, ours, memory, atof(argv[3]), " MB");
    return 0;
}
