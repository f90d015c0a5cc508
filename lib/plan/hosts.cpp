#include "plan/hosts.hpp"

#include <set>

#include <fmt/format.h>

#include "base/overload.hpp"

namespace plan {
namespace {

using appliance::Container;
using appliance::NetworkMode;

class Table {
public:
    Table(const appliance::Appliance& appliance, const Observed& observed) {
        for (const Container& container : appliance.containers) {
            containers_.emplace(container.id, &container);
        }
        for (const ObservedInstance& instance : observed.instances) {
            if (instance.slot && !taken_.contains(*instance.slot)) {
                if (had_.emplace(instance.instance, *instance.slot).second) {
                    taken_.insert(*instance.slot);
                }
            }
        }
    }

    HostTable take() {
        for (const auto& [id, container] : containers_) {
            for (const ContainerId& named : container->reaches) {
                add(*container, *containers_.at(named));
            }
        }
        return std::move(table_);
    }

private:
    void add(const Container& from, const Container& to) {
        const bool from_host = from.network_mode == NetworkMode::host;
        const bool to_host = to.network_mode == NetworkMode::host;
        if (!from_host && !to_host) {
            return;  // the engine's own name resolution knows it
        }
        auto& hosts = table_.of[from.id];
        for (int number = 1; number <= to.instances; ++number) {
            const Instance instance{to.id, number};
            std::variant<Slot, Gateway, Loopback> at;
            if (!to_host) {
                at = Slot{slot_of(instance)};
            } else if (from_host) {
                at = Loopback{};
            } else {
                at = Gateway{};
            }
            if (number == 1 || !to_host) {
                hosts.push_back({to.id.str(), at});
            }
            hosts.push_back({host_name(instance), at});
        }
    }

    int slot_of(const Instance& instance) {
        const auto known = table_.slots.find(instance);
        if (known != table_.slots.end()) {
            return known->second;
        }
        const auto had = had_.find(instance);
        int slot = had != had_.end() ? had->second : 0;
        while (had == had_.end() && taken_.contains(slot)) {
            ++slot;
        }
        taken_.insert(slot);
        table_.slots.emplace(instance, slot);
        return slot;
    }

    std::map<ContainerId, const Container*> containers_;
    std::map<Instance, int> had_;
    std::set<int> taken_;
    HostTable table_;
};

}  // namespace

std::string to_string(const Host& host) {
    return fmt::format(
        "{} {}", host.name,
        std::visit(base::Overload{
                       [](const Slot& slot) { return fmt::format("slot {}", slot.number); },
                       [](const Gateway&) { return std::string("gateway"); },
                       [](const Loopback&) { return std::string("loopback"); },
                   },
                   host.at));
}

HostTable host_table(const appliance::Appliance& appliance, const Observed& observed) {
    return Table(appliance, observed).take();
}

}  // namespace plan
