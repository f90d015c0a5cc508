#include "plan/observed.hpp"

#include <algorithm>

namespace plan {

std::string kept_network(const Observed& observed, Addresses addresses) {
    std::string lowest;
    for (const ObservedNetwork& network : observed.networks) {
        if (addresses == Addresses::any || network.fixed_subnet) {
            lowest = lowest.empty() ? network.id : std::min(lowest, network.id);
        }
    }
    return lowest;
}

std::optional<Record> current_record(const Observed& observed) {
    return observed.records.empty() ? std::nullopt : parse_record(observed.records.back().text);
}

}  // namespace plan
