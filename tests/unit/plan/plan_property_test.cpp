// What holds for every plan, whatever is there and whatever is wanted: random commands on a
// simulated engine, in random order, killed, interrupted and failing anywhere.

#include <cstdlib>
#include <optional>

#include "catch.hpp"
#include "plan/teardown.hpp"
#include "plan/way_back.hpp"
#include "unit/plan/random_case.hpp"
#include "unit/plan/simulated_preflight.hpp"
#include "unit/plan/watch.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

constexpr std::uint64_t cases = 400;

// A few commands, one after the other; the last one is carried out to its end.
class Case {
public:
    enum class Telling { silent, all };
    Case(std::uint64_t number, Telling telling)
        : random_(number), telling_(telling), foreign_(engine_.foreign()) {}

    // Empty: all holds.
    std::string run() {
        documents_.push_back(random_document(random_));
        for (std::size_t left = random_.below(5) + 1; violation_.empty() && left > 0; --left) {
            choose_document();
            while (random_.one_in(4)) {
                const std::string done = meddle(engine_, random_);
                tell([&] { return "somebody " + done; });
            }
            const Course course = left == 1 ? Course{} : random_course();
            const bool is_clean = left == 1 || random_.one_in(3);
            set_fates(is_clean);
            if (random_.one_in(left == 1 ? 4 : 12)) {
                down(course);
            } else {
                up(course, is_clean);
            }
            if (engine_.foreign() != foreign_) {
                violated("something foreign was touched");
            }
        }
        return violation_;
    }

    [[nodiscard]] const std::string& story() const { return story_; }

private:
    // The same, one changed, an earlier one or another one.
    void choose_document() {
        switch (random_.below(5)) {
            case 0: break;
            case 1: documents_.push_back(random_.one_of(documents_)); break;
            case 2: documents_.push_back(random_document(random_)); break;
            default: documents_.push_back(documents_.back()); change(documents_.back(), random_);
        }
    }

    Course random_course() {
        Course course;
        switch (random_.below(5)) {
            case 0: break;
            case 1:
            case 2: course.ends = Course::Ends::killed; break;
            case 3: course.ends = Course::Ends::interrupted; break;
            default: course.broken_call = random_.below(20);
        }
        course.ends_after = random_.below(60);
        if (random_.one_in(6) && !engine_.containers.empty()) {
            course.dies = random_.one_of(engine_.containers).id;
        }
        return course;
    }

    void set_fates(bool is_clean) {
        engine_.next_fate = [this, is_clean] {
            const Fate bad[] = {Fate::exits, Fate::turns_unhealthy, Fate::refuses_start};
            return is_clean || !random_.one_in(5) ? Fate::gets_ready : bad[random_.below(3)];
        };
        if (is_clean) {
            for (SimulatedContainer& one : engine_.containers) {
                one.fate = Fate::gets_ready;
            }
        }
    }

    ReconcileOptions random_options() {
        ReconcileOptions options;
        if (random_.one_in(6)) {
            options.orphans = ReconcileOptions::Orphans::keep;
        }
        if (random_.one_in(10)) {
            options.unchanged = ReconcileOptions::Unchanged::recreate;
        }
        if (random_.one_in(10)) {
            options.succeeded = ReconcileOptions::Succeeded::rerun;
        }
        if (random_.one_in(5)) {
            options.wait = ReconcileOptions::Wait::until_started;
        }
        return options;
    }

    Making making(const Observed& observed) {
        Making result;
        result.appliance = documents_.back();
        for (const appliance::Container& container : result.appliance.containers) {
            result.images[container.image] = "sha256:" + container.image;
        }
        result.hosts = host_table(result.appliance, observed);
        result.record = record_of({result.appliance, result.images}, result.hosts);
        result.network_id =
            kept_network(observed, result.hosts.slots.empty() ? Addresses::any : Addresses::fixed);
        return result;
    }

    void up(const Course& course, bool is_clean) {
        const ReconcileOptions options = random_options();
        const Observed observed = engine_.observed();
        Making making = this->making(observed);
        const Plan plan = reconcile({making.appliance, making.images}, observed, options);
        tell([&] {
            return fmt::format("up\n{}of\n{}{}{}", to_text(making.appliance), engine_.to_text(),
                               plan::to_text(plan), ways_back_to_text(plan));
        });
        if (options.orphans == ReconcileOptions::Orphans::keep &&
            is_refused(engine_, plan, making)) {
            return;
        }
        Watch watch(engine_, plan, making, observed, options);
        const bool all_is_well = is_clean && !course.dies && !course.broken_call;
        SimulatedRun* running = nullptr;
        SimulatedRun run(engine_, plan, making, random_, course,
                         {[&](StepIndex step) { watch.begins(step, *running); },
                          [&] {
                              if (all_is_well) {
                                  watch.others_serve(*running);
                              }
                          }});
        running = &run;
        violated(run.carry_out());
        tell([&] { return run.story(); });
        if (!run.killed() && !run.complete()) {
            if (!course.broken_call) {  // nobody knows what came of it: its way back sees to it
                watch.gaps_are_closed(run);
            }
            const bool is_interrupted =
                course.ends == Course::Ends::interrupted && run.failed().empty();
            if (!is_interrupted || random_.one_in(2)) {  // the latter: the time limit has passed
                put_right(run, plan, making, observed, watch,
                          course.broken_call ? Watch::Candidates::some : Watch::Candidates::none);
            }
        }
        violated(watch.violation());
        if (all_is_well && run.complete()) {
            goal_is_reached(making, options);
        } else if (is_clean && had_an_unseen_port(run, observed)) {
            up({}, true);
        } else if (all_is_well && course.ends == Course::Ends::by_itself) {
            violated("the plan is not carried out");
        }
    }

    // An engine tells no ports of a container that does not run. Where the way back of an
    // unfinished update starts it again, only the next `up` sees that it is in the way of another
    // one.
    [[nodiscard]] static bool had_an_unseen_port(const SimulatedRun& run,
                                                 const Observed& observed) {
        return std::any_of(
            observed.instances.begin(), observed.instances.end(), [&](const ObservedInstance& one) {
                return one.engine_id == run.port_held_by() && one.state == RunState::exited;
            });
    }

    void put_right(const SimulatedRun& failed, const Plan& plan, Making& making,
                   const Observed& observed, Watch& watch, Watch::Candidates left) {
        Course course;
        course.after_failure = Course::AfterFailure::go_on;
        course.ends = random_.one_in(4) ? Course::Ends::killed : Course::Ends::by_itself;
        course.ends_after = random_.below(12);
        const Plan back = way_back(plan, {[&](StepIndex step) { return failed.began(step); },
                                          [&](StepIndex step) { return failed.made_by(step); }});
        if (!carry_out(back, making, course)) {
            return;
        }
        watch.all_serve_again(failed, left);
        if (failed.failed().empty() || plan.changes_nothing()) {
            return;
        }
        Record record = making.record;
        std::vector<FailedInstance> to_mark;
        for (const FailedInstance& one : failed.failed()) {
            record.failures.push_back({one.instance, one.engine_id, "as it happens"});
            if (std::none_of(back.changes.begin(), back.changes.end(), [&](const Change& change) {
                    return change.instance == one.instance;
                })) {
                to_mark.push_back(one);
            }
        }
        if (carry_out(aftermath(making.appliance.id, record,
                                records_after(observed, plan, making.appliance.id), to_mark),
                      making, course)) {
            watch.all_serve_again(failed, left);
        }
    }

    void down(const Course& course) {
        const Volumes volumes = random_.one_in(2) ? Volumes::keep : Volumes::purge;
        Making nothing;
        nothing.appliance.id = documents_.back().id;
        const Observed before = engine_.observed();
        const Plan plan = teardown(before, volumes);
        tell([&] { return fmt::format("down of\n{}{}", engine_.to_text(), plan::to_text(plan)); });
        if (!carry_out(plan, nothing, course) || course.broken_call ||
            course.ends == Course::Ends::interrupted) {
            return;
        }
        const Observed left = engine_.observed();
        if (!left.empty()) {
            violated("something is left of the appliance");
        }
        const std::size_t kept = volumes == Volumes::keep ? before.volumes.size() : 0;
        if (left.volumes.size() != kept) {
            violated("its data is gone, or is left though it was to go");
        }
    }

    // False where it was killed.
    bool carry_out(const Plan& plan, Making& making, const Course& course) {
        SimulatedRun run(engine_, plan, making, random_, course, {[](StepIndex) {}, [] {}});
        violated(run.carry_out());
        tell([&] { return plan::to_text(plan) + run.story(); });
        return !run.killed();
    }

    void goal_is_reached(const Making& making, const ReconcileOptions& options) {
        std::size_t wanted = 0;
        bool on_network = false;
        for (std::size_t i = 0; i < making.appliance.containers.size(); ++i) {
            const appliance::Container& own = making.appliance.containers[i];
            on_network = on_network ||
                         (own.network_mode != appliance::NetworkMode::host && own.instances > 0);
            for (int number = 1; number <= own.instances; ++number, ++wanted) {
                const SimulatedContainer* one =
                    engine_.find(Instance{own.id, number}, Role::instance);
                if (one == nullptr ||
                    one->entry.fingerprint != making.record.containers[i].fingerprint ||
                    one->marked_failed || !(runs(*one) || is_done(*one))) {
                    violated(fmt::format("{}.{} is not as wanted", own.id, number));
                }
            }
        }
        const Observed after = engine_.observed();
        const bool keeps = options.orphans == ReconcileOptions::Orphans::keep;
        if (after.instances.size() != wanted && !keeps) {
            violated("there are containers that nobody wants");
        }
        if (after.networks.size() > 1 || (on_network && after.networks.empty())) {
            violated("there is not just one network");
        }
        if (after.records.size() != 1 || after.records[0].text != plan::to_text(making.record)) {
            violated("there is not just one record");
        }
        ReconcileOptions again;
        again.orphans = options.orphans;
        again.wait = options.wait;
        const Plan second = reconcile({making.appliance, making.images}, after, again);
        if (!second.changes_nothing()) {
            violated("a second plan is not empty:\n" + plan::to_text(second));
        }
    }

    [[nodiscard]] static bool is_done(const SimulatedContainer& one) {
        return one.entry.type == appliance::ContainerType::job && one.state == RunState::exited &&
               one.exit_code == 0;
    }

    void violated(const std::string& property) {
        if (violation_.empty()) {
            violation_ = property;
        }
    }

    template <class Tell>
    void tell(Tell text) {
        if (telling_ == Telling::all) {
            story_ += text() + "\n";
        }
    }

    Random random_;
    const Telling telling_;
    SimulatedEngine engine_{ApplianceId("shop")};
    const std::string foreign_;
    std::vector<appliance::Appliance> documents_;
    std::string violation_;
    std::string story_;
};

std::optional<std::uint64_t> number_in(const char* variable) {
    const char* text = std::getenv(variable);
    return text == nullptr ? std::nullopt : std::optional(std::strtoull(text, nullptr, 10));
}

}  // namespace

// PIVOT_PLAN_CASE=17 runs that case alone, PIVOT_PLAN_CASES=100000 searches among more of them.
TEST_CASE("whatever is there and whatever goes wrong, plans lead to what is wanted") {
    const auto only = number_in("PIVOT_PLAN_CASE");
    const std::uint64_t first = only.value_or(1);
    const std::uint64_t end = first + (only ? 1 : number_in("PIVOT_PLAN_CASES").value_or(cases));
    for (std::uint64_t number = first; number < end; ++number) {
        if (!Case(number, Case::Telling::silent).run().empty()) {
            Case again(number, Case::Telling::all);
            const std::string violation = again.run();
            FAIL("case " << number << ": " << violation << "\n" << again.story());
        }
    }
    SUCCEED();
}
