#include "bench/replay.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/bare_script.hpp"
#include "bench/call_kind.hpp"

namespace bench {
namespace {

class Replay {
public:
    Replay(const std::vector<RecordedCall>& recorded, const Shape& shape,
           std::map<std::string, std::string> names)
        : recorded_(recorded), names_(std::move(names)) {
        for (const Service& service : shape.services) {
            services_[service.id] = &service;
            for (const std::string& need : service.needs) {
                dependents_[need].insert(service.id);
            }
        }
        for (const RecordedCall& call : recorded_) {
            kinds_.push_back(kind_of(call));
        }
    }

    std::vector<BareCall> run() {
        std::size_t first_change = recorded_.size();
        std::size_t last_end = 0;
        for (std::size_t i = 0; i < recorded_.size(); ++i) {
            if (kinds_[i] != CallKind::read) {
                first_change = std::min(first_change, i);
                last_end = std::max(last_end, recorded_[i].ended);
            }
        }
        for (std::size_t i = 0; i < recorded_.size(); ++i) {
            note_names(i);
            if (i < first_change) {
                add_read(i, {});
            } else if (kinds_[i] != CallKind::read) {
                add_change(i);
            } else if (recorded_[i].began > last_end) {
                if (!at_the_end_) {
                    at_the_end_ = true;
                    batch_.clear();
                    before_batch_ = joined(everything());
                }
                add_read(i, before_batch_);
            } else {
                add_other(i);
            }
        }
        return std::move(calls_);
    }

private:
    // The engine's IDs of what this run made.
    void note_names(std::size_t i) {
        const RecordedCall& call = recorded_[i];
        if (kinds_[i] == CallKind::create) {
            const std::size_t at = call.target.find("name=") + 5;
            names_[id_in(call.reply)] = call.target.substr(at, call.target.find('&', at) - at);
        } else if (kinds_[i] == CallKind::create_network) {
            names_[id_in(call.reply)] = nlohmann::json::parse(call.body).at("Name");
        }
    }

    [[nodiscard]] std::string named(std::string text) const {
        for (std::size_t at = 0; at + 64 <= text.size();) {
            const std::size_t end =
                std::min(text.find_first_not_of("0123456789abcdef", at), text.size());
            if (end - at == 64) {
                if (const auto name = names_.find(text.substr(at, 64)); name != names_.end()) {
                    text.replace(at, 64, name->second);
                    at += name->second.size();
                    continue;
                }
            }
            at = end + 1;
        }
        for (const auto& [id, call] : execs_) {
            if (const std::size_t at = text.find(id); at != std::string::npos) {
                text.replace(at, id.size(), fmt::format("{{{}}}", call));
            }
        }
        return text;
    }

    // <appliance>.<container>.<number>: the container. Empty where the call is about none.
    [[nodiscard]] std::string container_of(std::size_t i) const {
        std::string name;
        if (kinds_[i] == CallKind::create) {
            const std::size_t at = recorded_[i].target.find("name=") + 5;
            name = recorded_[i].target.substr(at);
        } else {
            const auto path = segments(named(recorded_[i].target));
            if (path.size() < 2) {
                return "";
            }
            if (path[0] == "exec" && path[1].starts_with('{')) {
                return of_exec_.at(std::stoul(path[1].substr(1)));
            }
            if (path[0] != "containers") {
                return "";
            }
            name = path[1];
        }
        const std::size_t begin = name.find('.') + 1;
        return name.substr(begin, name.find('.', begin) - begin);
    }

    std::size_t add(BareCall call) {
        calls_.push_back(std::move(call));
        return calls_.size() - 1;
    }

    BareCall copy(std::size_t i, std::vector<std::size_t> after) const {
        BareCall call;
        call.method = recorded_[i].method;
        call.target = named(recorded_[i].target);
        call.body = named(recorded_[i].body);
        call.after = std::move(after);
        return call;
    }

    [[nodiscard]] std::vector<std::size_t> everything() const {
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            all.push_back(i);
        }
        return all;
    }

    // Reads go out in batches, and the next batch when the last reply of the one before is there.
    void add_read(std::size_t i, const std::vector<std::size_t>& before_all) {
        const bool same_batch =
            !batch_.empty() && std::all_of(batch_.begin(), batch_.end(), [&](std::size_t other) {
                return recorded_[i].began < recorded_[other].ended;
            });
        if (!same_batch) {
            before_batch_ = batch_.empty() ? before_all : batch_calls_;
            batch_.clear();
            batch_calls_.clear();
        }
        batch_.push_back(i);
        batch_calls_.push_back(add(copy(i, before_batch_)));
    }

    // Changing calls of these kinds that had ended when this one began.
    std::vector<std::size_t> ended_before(std::size_t i, const std::set<CallKind>& kinds) {
        std::vector<std::size_t> result;
        for (const auto& [call, at] : placed_) {
            if (kinds.contains(kinds_[call]) && recorded_[call].ended < recorded_[i].began) {
                result.push_back(at);
            }
        }
        return joined(result);
    }

    // One call to wait for in place of many.
    std::vector<std::size_t> joined(const std::vector<std::size_t>& many) {
        if (many.size() < 2) {
            return many;
        }
        const auto known = joins_.find(many);
        if (known != joins_.end()) {
            return {known->second};
        }
        BareCall join;
        join.kind = BareCall::Kind::join;
        join.after = many;
        return {joins_[many] = add(std::move(join))};
    }

    void add_change(std::size_t i) {
        std::vector<std::size_t> after = batch_calls_;
        const auto also = [&after](const std::vector<std::size_t>& more) {
            after.insert(after.end(), more.begin(), more.end());
        };
        const std::string container = container_of(i);
        BareCall call = copy(i, {});
        switch (kinds_[i]) {
            case CallKind::read:
            case CallKind::other: add_other(i); return;
            case CallKind::events: call.kind = BareCall::Kind::stream; break;
            case CallKind::write_record:
            case CallKind::create_network:
                also(ended_before(i, {CallKind::write_record, CallKind::create_network}));
                break;
            case CallKind::create:
                call.lane = BareCall::Lane::creates;
                also(ended_before(i, {CallKind::write_record, CallKind::create_network}));
                also(of_container(removed_, container));
                break;
            case CallKind::update:
            case CallKind::start:
                call.lane = BareCall::Lane::starts;
                also(ended_before(i, {CallKind::create, CallKind::events}));
                also(of_container(updated_, container));
                if (const auto service = services_.find(container); service != services_.end()) {
                    for (const std::string& need : service->second->needs) {
                        also(of_container(ready_, need));
                    }
                }
                break;
            case CallKind::stop:
            case CallKind::remove:
                call.lane = BareCall::Lane::stops;
                also(ended_before(i, {CallKind::start}));
                if (const auto stop = stopped_.find(recorded_name(i));
                    kinds_[i] == CallKind::remove && stop != stopped_.end()) {
                    also({stop->second});
                } else {
                    for (const std::string& dependent : dependents_[container]) {
                        also(of_container(removed_, dependent));
                    }
                }
                break;
            case CallKind::remove_network:
            case CallKind::remove_volume:
                also(ended_before(i, {CallKind::start, CallKind::stop, CallKind::remove,
                                      CallKind::remove_network}));
                break;
        }
        std::sort(after.begin(), after.end());
        after.erase(std::unique(after.begin(), after.end()), after.end());
        call.after = std::move(after);
        const std::size_t at = add(std::move(call));
        placed_.emplace_back(i, at);
        note(i, at, container);
    }

    void note(std::size_t i, std::size_t at, const std::string& container) {
        switch (kinds_[i]) {
            case CallKind::update: updated_[container].push_back(at); break;
            case CallKind::start: ready_[container].push_back(await_ready(i, at, container)); break;
            case CallKind::stop: stopped_[recorded_name(i)] = at; break;
            case CallKind::remove: removed_[container].push_back(at); break;
            default: break;
        }
        last_[container] = {i, at};
    }

    // A job is ready when it has ended, and a service with a check by the engine's word.
    std::size_t await_ready(std::size_t i, std::size_t started, const std::string& container) {
        const auto service = services_.find(container);
        if (service == services_.end() || (!service->second->is_job && !service->second->check)) {
            return started;
        }
        BareCall call;
        call.kind = BareCall::Kind::await;
        call.after = {started};
        call.body = fmt::format("\"name\":\"{}\"\n{}", recorded_name(i),
                                service->second->is_job ? "\"Action\":\"die\"\n\"exitCode\":\"0\""
                                                        : "\"Action\":\"health_status: healthy\"");
        return add(std::move(call));
    }

    // What pivot does about one container meanwhile, a check by exec for example: one call after
    // the other, with the same pauses. The last of them makes it ready.
    void add_other(std::size_t i) {
        const std::string container = container_of(i);
        const auto last = last_.find(container);
        if (container.empty() || last == last_.end()) {
            placed_.emplace_back(i, add(copy(i, batch_calls_)));
            return;
        }
        const auto& [before, after] = last->second;
        BareCall call = copy(i, {after});
        const long pause = recorded_[i].began_ms - recorded_[before].ended_ms;
        call.delay_ms = pause > 5 ? pause : 0;
        const std::size_t at = add(std::move(call));
        placed_.emplace_back(i, at);
        last->second = {i, at};
        if (segments(recorded_[i].target).back() == "exec") {
            execs_.emplace_back(id_in(recorded_[i].reply), at);
            of_exec_[at] = container;
        }
        if (auto& ready = ready_[container]; !ready.empty()) {
            if (calls_[ready.back()].kind == BareCall::Kind::await &&
                services_.at(container)->check) {
                calls_[ready.back()].body = "";  // ready by its checks: every event will do
            }
            ready = {at};
        }
    }

    [[nodiscard]] std::string recorded_name(std::size_t i) const {
        return segments(named(recorded_[i].target))[1];
    }

    static std::vector<std::size_t> of_container(
        const std::map<std::string, std::vector<std::size_t>>& by_container,
        const std::string& container) {
        const auto found = by_container.find(container);
        return found == by_container.end() ? std::vector<std::size_t>{} : found->second;
    }

    const std::vector<RecordedCall>& recorded_;
    std::map<std::string, std::string> names_;
    std::map<std::string, const Service*> services_;
    std::map<std::string, std::set<std::string>> dependents_;
    std::vector<CallKind> kinds_;

    std::vector<BareCall> calls_;
    std::vector<std::pair<std::size_t, std::size_t>> placed_;  // changes: recorded call, our call
    std::vector<std::size_t> batch_;                           // recorded calls
    std::vector<std::size_t> batch_calls_;                     // the same, ours
    std::vector<std::size_t> before_batch_;
    bool at_the_end_ = false;
    std::map<std::string, std::vector<std::size_t>> updated_;  // by container
    std::map<std::string, std::vector<std::size_t>> ready_;
    std::map<std::string, std::vector<std::size_t>> removed_;
    std::map<std::vector<std::size_t>, std::size_t> joins_;
    std::map<std::string, std::size_t> stopped_;  // by engine name
    std::map<std::string, std::pair<std::size_t, std::size_t>> last_;
    std::vector<std::pair<std::string, std::size_t>> execs_;
    std::map<std::size_t, std::string> of_exec_;
};

}  // namespace

std::vector<BareCall> replay(const std::vector<RecordedCall>& recorded, const Shape& shape,
                             std::map<std::string, std::string> names) {
    return Replay(recorded, shape, std::move(names)).run();
}

}  // namespace bench
