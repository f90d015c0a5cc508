#include "unit/plan/random_case.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace plan::testing {
namespace {

using appliance::Appliance;
using appliance::Container;
using appliance::ContainerType;
using appliance::NetworkMode;

const std::vector<std::string> names = {"agent", "db", "job", "api", "web"};
constexpr std::uint16_t fixed_port = 8001;

Container random_container(const std::string& name, Random& random) {
    Container container;
    container.id = ContainerId(name);
    container.image = fmt::format("{}:{}", name, 1 + random.below(2));
    container.instances = random.one_in(12) ? 0 : static_cast<int>(1 + random.below(3));
    if (name == "job" && !random.one_in(8)) {
        container.type = ContainerType::job;
        container.restart.policy = appliance::Restart::Policy::no;
    } else if (random.one_in(2)) {
        container.health_check = appliance::HealthCheck{appliance::CommandCheck{"true"}};
    }
    if (container.type == ContainerType::service && random.one_in(4)) {
        container.minimum_capacity = 0.5;
    }
    if (random.one_in(name == "agent" ? 2 : 12)) {
        container.network_mode = NetworkMode::host;
    }
    if (random.one_in(3)) {
        appliance::Port& port = container.ports.emplace_back();
        port.container_port = 80;
        port.host_port = static_cast<std::uint16_t>(fixed_port + random.below(2));
    }
    return container;
}

// A program in host mode listens where it listens, whatever the document says of it.
void add_ports_of_host_mode(Container& container) {
    container.ports.clear();
    if (container.id.str() == names.front()) {
        appliance::Port& port = container.ports.emplace_back();
        port.container_port = port.host_port = fixed_port;
    }
}

// What the reader of documents refuses is taken out.
void make_valid(Appliance& document) {
    std::set<ContainerId> services;  // nobody has a reason to reach a job
    std::set<ContainerId> earlier;
    std::set<std::uint16_t> taken;
    for (Container& container : document.containers) {
        if (container.type == ContainerType::service) {
            services.insert(container.id);
        }
        if (container.network_mode == NetworkMode::host) {
            add_ports_of_host_mode(container);
            taken.insert(container.ports.empty() ? 0 : fixed_port);
        }
    }
    for (Container& container : document.containers) {
        std::erase_if(container.needs, [&](const auto& id) { return !earlier.contains(id); });
        std::erase_if(container.reaches, [&](const auto& id) { return !services.contains(id); });
        earlier.insert(container.id);
        if (container.network_mode != NetworkMode::host) {
            std::erase_if(container.ports, [&](const appliance::Port& port) {
                return !taken.insert(port.host_port).second;
            });
        }
        if (!container.ports.empty()) {
            container.instances = std::min(container.instances, 1);
        }
    }
}

void add_references(Container& container, const Appliance& document, Random& random) {
    container.needs.clear();
    container.reaches.clear();
    for (const Container& other : document.containers) {
        if (other.id != container.id && random.one_in(3)) {
            container.needs.push_back(other.id);
        }
        if (other.id != container.id && random.one_in(6)) {
            container.reaches.push_back(other.id);
        }
    }
}

SimulatedContainer* any_of_ours(SimulatedEngine& engine, Random& random) {
    std::vector<SimulatedContainer*> ours;
    for (SimulatedContainer& one : engine.containers) {
        if (one.owner == Owner::appliance) {
            ours.push_back(&one);
        }
    }
    return ours.empty() ? nullptr : random.one_of(ours);
}

std::string meddle_with(SimulatedEngine& engine, SimulatedContainer& one, Random& random) {
    const std::string name = one.name;
    const bool runs = one.state == RunState::running;
    switch (random.below(6)) {
        case 0:
            one.state = runs ? RunState::paused : one.state;
            return fmt::format("pauses {}", name);
        case 1:
            if (runs && one.entry.type == ContainerType::service) {
                one.state = RunState::restarting;
                one.exit_code = 1;
            }
            return fmt::format("lets {} crash again and again", name);
        case 2:
            one.state = random.one_in(2) ? RunState::dead : RunState::removing;
            return fmt::format("half removes {}", name);
        case 3:
        case 4:
            if (testing::runs(one)) {
                one.state = RunState::exited;
                one.exit_code = random.one_in(2) ? 0 : 137;
            }
            return fmt::format("stops {}", name);
        default: break;
    }
    std::erase_if(engine.containers, [id = one.id](const auto& other) { return other.id == id; });
    return fmt::format("removes {}", name);
}

std::string meddle_with_networks(SimulatedEngine& engine, Random& random) {
    const auto own = std::find_if(engine.networks.begin(), engine.networks.end(),
                                  [](const auto& one) { return one.owner == Owner::appliance; });
    if (own == engine.networks.end()) {
        return "looks at networks";
    }
    if (random.one_in(2)) {
        SimulatedNetwork twin = *own;
        twin.id = engine.new_id(random.one_in(2) ? "n" : "m");
        engine.networks.push_back(twin);
        return "makes the network a second time";
    }
    if (random.one_in(2)) {  // its containers go on, without it
        for (SimulatedContainer& one : engine.containers) {
            if (one.network == own->id && runs(one)) {
                one.state = RunState::exited;
            }
        }
    }
    engine.networks.erase(own);
    return "removes the network";
}

std::string meddle_with_records(SimulatedEngine& engine, Random& random) {
    std::vector<std::string> records;
    for (const auto& [name, volume] : engine.volumes) {
        if (volume.owner == Owner::appliance && volume.record) {
            records.push_back(name);
        }
    }
    if (records.empty()) {
        return "looks at volumes";
    }
    const std::string name = random.one_of(records);
    if (random.one_in(2)) {
        engine.volumes[name].record = R"({"schema":99})";
        return fmt::format("has a newer pivot write {}", name);
    }
    engine.volumes.erase(name);
    return fmt::format("removes {}", name);
}

}  // namespace

Appliance random_document(Random& random) {
    Appliance document{ApplianceId("shop"), {}};
    for (const std::string& name : names) {
        if (!random.one_in(3)) {
            document.containers.push_back(random_container(name, random));
        }
    }
    for (Container& container : document.containers) {
        add_references(container, document, random);
    }
    make_valid(document);
    return document;
}

void change(Appliance& document, Random& random) {
    auto& all = document.containers;
    const std::size_t at = all.empty() ? 0 : random.below(all.size());
    switch (all.empty() ? 0 : random.below(6)) {
        case 0: {
            Appliance other = random_document(random);
            for (const Container& one : other.containers) {
                const auto same = std::find_if(all.begin(), all.end(),
                                               [&](const auto& own) { return own.id == one.id; });
                if (same == all.end()) {
                    all.push_back(one);
                    break;
                }
            }
            break;
        }
        case 1: all.erase(all.begin() + static_cast<std::ptrdiff_t>(at)); break;
        case 2: all[at].instances = static_cast<int>(random.below(4)); break;
        case 3: add_references(all[at], document, random); break;
        case 4: std::rotate(all.begin(), all.begin() + 1, all.end()); break;
        default: {
            const Container before = all[at];
            all[at] = random_container(before.id.str(), random);
            all[at].needs = before.needs;
            all[at].reaches = before.reaches;
        }
    }
    make_valid(document);
}

std::string meddle(SimulatedEngine& engine, Random& random) {
    SimulatedContainer* own = any_of_ours(engine, random);
    switch (random.below(8)) {
        case 0: return meddle_with_networks(engine, random);
        case 1: return meddle_with_records(engine, random);
        default: break;
    }
    return own == nullptr ? "looks at containers" : meddle_with(engine, *own, random);
}

std::string to_text(const Appliance& document) {
    std::string text;
    for (const Container& one : document.containers) {
        text += fmt::format("  {} {} x{}{}{}", one.image,
                            one.type == ContainerType::job ? "job" : "service", one.instances,
                            one.network_mode == NetworkMode::host ? " host" : "",
                            one.health_check ? " checked" : "");
        text += one.minimum_capacity < 1 ? " half" : "";
        for (const appliance::Port& port : one.ports) {
            text += fmt::format(" port {}", port.host_port);
        }
        for (const ContainerId& need : one.needs) {
            text += fmt::format(" needs {}", need);
        }
        for (const ContainerId& named : one.reaches) {
            text += fmt::format(" reaches {}", named);
        }
        text += '\n';
    }
    return text;
}

}  // namespace plan::testing
