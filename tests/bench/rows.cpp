#include "bench/rows.hpp"

#include <csignal>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "support/unix_socket.hpp"

extern char** environ;

namespace bench {
namespace {

using Of = Goal::Of;
using Goals = std::vector<Goal>;

// Runs what nobody measures.
std::function<void()> quietly(const Setting& setting, const Command& command) {
    return [&setting, command] { setting.stopwatch().must(command); };
}

Contender none() { return {.command = {}, .skipped = "none"}; }

void measure(const Setting& setting, Row& row, const std::vector<Contender>& contenders) {
    auto costs = interleaved(setting.stopwatch(), contenders, setting.runs());
    row.pivot = std::move(costs.at(0));
    row.bare = std::move(costs.at(1));
    row.compose = std::move(costs.at(2));
}

// False, and the row says why, where this pivot does not take such a document yet.
bool is_taken(const Setting& setting, const Shape& shape, Row& row) {
    setting.write(shape);
    row.skipped = setting.refusal(shape);
    return row.skipped.empty();
}

// Puts an appliance up for a while, and a project of docker compose beside it.
class Deployed {
public:
    Deployed(const Setting& setting, const Shape& shape) : setting_(setting), shape_(shape) {
        setting.stopwatch().must(setting.up(shape));
        if (setting.has_compose()) {
            setting.stopwatch().must(setting.compose(shape, {"up", "-d"}));
        }
    }
    Deployed(const Deployed&) = delete;
    Deployed& operator=(const Deployed&) = delete;
    ~Deployed() {
        (void)setting_.stopwatch().run(setting_.down(shape_));
        if (setting_.has_compose()) {
            (void)setting_.stopwatch().run(setting_.compose(shape_, {"down"}));
        }
    }

private:
    const Setting& setting_;
    Shape shape_;
};

Contender compose(const Setting& setting, const Shape& shape, const Command& words) {
    return setting.has_compose() ? Contender{.command = setting.compose(shape, words)} : none();
}

Task first_up(std::string title, const Shape& shape, Command options, Goals goals) {
    return {std::move(title), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                if (!is_taken(setting, shape, row)) {
                    return;
                }
                const auto down = quietly(setting, setting.down(shape));
                Contender pivot{.command = setting.up(shape, options), .clean = down};
                Contender bare{
                    .command = setting.bare_of(setting.up(shape, {"--settle", "0"}), shape),
                    .clean = down};
                down();
                Contender peer = compose(setting, shape, {"up", "-d"});
                if (peer.skipped.empty()) {
                    peer.clean = quietly(setting, setting.compose(shape, {"down"}));
                }
                measure(setting, row, {pivot, bare, peer});
            }};
}

Task nothing_to_do(std::string title, const Shape& shape, Goals goals) {
    return {std::move(title), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                if (!is_taken(setting, shape, row)) {
                    return;
                }
                const Deployed deployed(setting, shape);
                measure(setting, row,
                        {{.command = setting.up(shape)},
                         {.command = setting.bare_of(setting.up(shape), shape)},
                         compose(setting, shape, {"up", "-d"})});
            }};
}

Task status(std::string title, const Shape& shape, Goals goals) {
    return {std::move(title), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                if (!is_taken(setting, shape, row)) {
                    return;
                }
                const Deployed deployed(setting, shape);
                setting.wait_until_all_run_for_long();
                const Command look = setting.pivot({"status", shape.id});
                measure(setting, row,
                        {{.command = look},
                         {.command = setting.bare_of(look, shape)},
                         compose(setting, shape, {"ps"})});
            }};
}

Task down(std::string title, const Shape& shape, Goals goals) {
    return {std::move(title), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                if (!is_taken(setting, shape, row)) {
                    return;
                }
                const auto up = quietly(setting, setting.up(shape, {"--settle", "0"}));
                const Command go = setting.pivot({"down", shape.id});
                up();
                const Command bare = setting.bare_of(go, shape);
                Contender peer = compose(setting, shape, {"down"});
                if (peer.skipped.empty()) {
                    peer.prepare = quietly(setting, setting.compose(shape, {"up", "-d"}));
                }
                measure(setting, row,
                        {{.command = go, .prepare = up}, {.command = bare, .prepare = up}, peer});
            }};
}

Task scale(std::string title, int from, int to, Goals goals) {
    return {std::move(title), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                const Shape shape = instances_of_one("bench-scale", from);
                if (!is_taken(setting, shape, row)) {
                    return;
                }
                const std::string scaled = fmt::format("web={}", to);
                const auto up = quietly(setting, setting.up(shape, {"--settle", "0"}));
                const auto down = quietly(setting, setting.down(shape));
                const Command go = setting.up(shape, {"--settle", "0", "--scale", scaled});
                up();
                const Command bare = setting.bare_of(go, shape);
                down();
                Contender peer = compose(setting, shape, {"up", "-d", "--scale", scaled});
                if (peer.skipped.empty()) {
                    peer.prepare = quietly(setting, setting.compose(shape, {"up", "-d"}));
                    peer.clean = quietly(setting, setting.compose(shape, {"down"}));
                }
                measure(setting, row,
                        {{.command = go, .prepare = up, .clean = down},
                         {.command = bare, .prepare = up, .clean = down},
                         peer});
            }};
}

// docker compose takes minutes for 10,000.
constexpr int most_for_compose = 1000;

Task validate(int services, Goals goals) {
    return {fmt::format("validate {}", services), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                const Shape shape = large(services);
                setting.write(shape);
                measure(
                    setting, row,
                    {{.command = {setting.programs().pivot, "validate", setting.document(shape)}},
                     none(),
                     services > most_for_compose ? none()
                                                 : compose(setting, shape, {"config", "--quiet"})});
            }};
}

Task plan(int services, Goals goals) {
    return {fmt::format("plan {}", services), [=](const Setting& setting, Row& row) {
                row.goals = goals;
                const Shape shape = large(services);
                setting.write(shape);
                const Command go = setting.pivot({"plan", setting.document(shape)});
                measure(setting, row,
                        {{.command = go}, {.command = setting.bare_of(go, shape)}, none()});
            }};
}

Task process_start() {
    return {
        "process start", [](const Setting& setting, Row& row) {
            const Command nothing = {setting.programs().bare, "-", "/dev/null"};
            Contender peer = none();
            if (setting.has_compose()) {
                peer = {.command = {setting.programs().compose, "version"}};
            }
            measure(
                setting, row,
                {{.command = {setting.programs().pivot, "--version"}}, {.command = nothing}, peer});
        }};
}

// An engine that answers at once, for as long as this lives.
class StandIn {
public:
    StandIn(const std::string& program, std::string socket) : socket_(std::move(socket)) {
        std::vector<char*> arguments = {const_cast<char*>(program.c_str()), socket_.data(),
                                        nullptr};
        if (posix_spawn(&process_, program.c_str(), nullptr, nullptr, arguments.data(), environ) !=
            0) {
            throw Failed(program + " cannot be run");
        }
        for (int connection = -1; connection < 0; connection = support::connect_to(socket_)) {
            if (waitpid(process_, nullptr, WNOHANG) != 0) {
                throw Failed(program + " ended");
            }
            usleep(1000);
        }
    }
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;
    ~StandIn() {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
    }

    [[nodiscard]] const std::string& socket() const { return socket_; }

private:
    std::string socket_;
    pid_t process_ = 0;
};

enum class Of1000 { up, same_again, status, down };

// What pivot itself costs: at most half a millisecond of processor time for each container.
Task client_cost(std::string title, int containers, Of1000 what) {
    return {std::move(title), [=](const Setting& on_engine, Row& row) {
                row.goals = {{Of::cpu_ms, 0.5 * containers}};
                const StandIn engine(on_engine.programs().stand_in,
                                     on_engine.folder() + "/stand-in.sock");
                const Setting setting = on_engine.at(engine.socket());
                const Shape shape = large(containers);
                setting.write(shape);
                const auto up = quietly(setting, setting.up(shape, {"--settle", "0"}));
                const auto down = quietly(setting, setting.down(shape));
                Contender pivot;
                switch (what) {
                    case Of1000::up:
                        pivot = {.command = setting.up(shape, {"--settle", "0"}), .clean = down};
                        break;
                    case Of1000::same_again:
                        up();
                        pivot = {.command = setting.up(shape)};
                        break;
                    case Of1000::status:
                        up();
                        pivot = {.command = setting.pivot({"status", shape.id})};
                        break;
                    case Of1000::down:
                        pivot = {.command = setting.pivot({"down", shape.id}), .prepare = up};
                        break;
                }
                pivot.prepare();
                Contender bare = pivot;
                bare.command = setting.bare_of(pivot.command, shape);
                pivot.clean();
                measure(setting, row, {pivot, bare, none()});
            }};
}

}  // namespace

std::vector<Task> tasks() {
    const Goals tight = {{Of::wall_to_bare, 1.05}};
    const Goals half = {{Of::wall_to_compose, 0.5}};
    const Command no_settling = {"--settle", "0"};
    return {
        first_up("up of spark-livy, --settle 0", spark_livy(), no_settling,
                 {{Of::wall_to_bare, 1.05}, {Of::peak_mb, 12}}),
        first_up("up of spark-livy", spark_livy(), {}, {}),
        nothing_to_do("up of spark-livy, nothing to do", spark_livy(),
                      {{Of::wall_ms, 12}, {Of::wall_to_compose, 0.25}}),
        status("status of spark-livy", spark_livy(),
               {{Of::wall_ms, 8}, {Of::wall_to_compose, 0.2}}),
        down("down of spark-livy", spark_livy(), tight),
        first_up("up of 40 independent services", independent(40), no_settling, tight),
        first_up("up of a chain of 12", chain(12), no_settling, tight),
        first_up("up of a chain of 8 jobs", chain_of_jobs(8), no_settling, half),
        nothing_to_do("the same 8 jobs again", chain_of_jobs(8), half),
        first_up("up of a chain of 6 with a check each second", chain_of_checks(6), no_settling,
                 half),
        scale("scale 1 -> 10", 1, 10, tight),
        status("status of 200", instances_of_one("bench-200", 200), {{Of::wall_to_compose, 0.2}}),
        validate(1000, {{Of::wall_ms, 100}}),
        validate(10000, {{Of::cpu_ms, 1000}}),
        plan(1000, {{Of::wall_ms, 100}}),
        plan(10000, {{Of::cpu_ms, 1000}}),
        process_start(),
        client_cost("up of 100, engine stand-in", 100, Of1000::up),
        client_cost("up of 1000, engine stand-in", 1000, Of1000::up),
        client_cost("up of 4000, engine stand-in", 4000, Of1000::up),
        client_cost("up of 1000 again, engine stand-in", 1000, Of1000::same_again),
        client_cost("status of 1000, engine stand-in", 1000, Of1000::status),
        client_cost("down of 1000, engine stand-in", 1000, Of1000::down),
    };
}

}  // namespace bench
